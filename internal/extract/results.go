package extract

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	linuxCall   = regexp.MustCompile(`(?i)\b(device/call|OperateWxData) fail:? ?-?(\d+)`)
	secondCall  = regexp.MustCompile(`(?i)only one wx_voip_session can exist.*`)
	tokenError  = regexp.MustCompile(`(?i)WMPFDeviceToken ErrorCode:? ?(\d+)`)
	authFailure = regexp.MustCompile(`requestDeviceVoIP:fail[ :]*(.*)`)
)

// results returns what the line tells of the APIs around a call: the request, its answer, the authorisation.
func results(s sightings) []Event {
	if !s.has(apiWord, resultWord) {
		return nil
	}
	line := string(s.line)
	if m := linuxCall.FindStringSubmatch(line); m != nil {
		return failedCall(m[1], m[2], m[0])
	}
	if m := secondCall.FindString(line); m != "" {
		no := false
		return []Event{{Name: CallResult, API: "wx_voip_session_new", Success: &no, ErrMsg: m}}
	}
	if m := tokenError.FindStringSubmatch(line); m != nil {
		return failedCall("getDeviceToken", m[1], m[0])
	}
	for _, m := range s.matches {
		switch vocabulary[m.word].name {
		case ContactStatus:
			return contactStatus(s)
		case AuthResult:
			return authResult(line)
		}
	}
	api := s.api()
	for _, o := range objects(s.line) {
		if e, ok := apiObject(&o.value, api); ok {
			return []Event{e}
		}
	}
	return textResult(line, api)
}

// failedCall is the answer of an API that only prints a code; 0 is no failure.
func failedCall(api, code, msg string) []Event {
	no, n := false, wholeNumber(code)
	if n == nil || *n == 0 {
		return nil
	}
	return []Event{{Name: CallResult, API: api, Success: &no, ErrCode: n, ErrMsg: msg}}
}

// apiObject reads the object printed with an initiating call: its parameters, or its answer.
func apiObject(v *value, api string) (Event, bool) {
	e := Event{API: api}
	e.fill(v)
	e.Success = v.truth("isSuccess", "success")
	_, listener := v.get("listener", "sn", "caller", "nickName")
	if party, ok := v.get("listener"); ok {
		e.ListenerID = party.str("id")
	} else {
		e.ListenerID = v.str("sn")
	}
	switch {
	case e.Success != nil || e.ErrCode != nil && (api != "" || strings.Contains(strings.ToLower(e.ErrMsg), "operatewxdata")):
		e.Name = CallResult
		if e.Success == nil {
			ok := *e.ErrCode == 0
			e.Success = &ok
		}
	case api != "" && e.RoomID != "" && !listener:
		e.Name = CallResult
		ok := true
		e.Success = &ok
	case api != "" && listener:
		e.Name = CallRequest
	default:
		return Event{}, false
	}
	return e, true
}

// textResult reads an answer printed without braces, as people log single fields.
func textResult(line, api string) []Event {
	code := keyedError.FindStringSubmatch(line)
	truth := keyedTruth.FindStringSubmatch(line)
	if code == nil && truth == nil || api == "" && truth == nil && !strings.Contains(strings.ToLower(line), "operatewxdata") {
		return nil
	}
	e := Event{Name: CallResult, API: api, RoomID: roomIn(line)}
	ok := false
	if truth != nil {
		ok, _ = strconv.ParseBool(strings.ToLower(truth[1]))
	}
	if code != nil {
		e.ErrCode = wholeNumber(code[1])
		ok = ok || *e.ErrCode == 0
	}
	if m := keyedText.FindStringSubmatch(line); m != nil {
		e.fillText(m[1])
	}
	e.Success = &ok
	return []Event{e}
}

// contactStatus reads the answer of getIotBindContactList: Status is "1" if some contact is authorised, "0" if none is.
func contactStatus(s sightings) []Event {
	lists := objects(s.line)
	if len(lists) == 0 {
		return nil
	}
	e := Event{Name: ContactStatus}
	var visit func(v *value)
	visit = func(v *value) {
		if v.kind == object && v.str("sn", "openid", "openId") != "" {
			if st := v.str("status"); st == "1" || e.Status == "" {
				e.Status = st
			}
		}
		for i := range v.fields {
			visit(&v.fields[i].value)
		}
	}
	for i := range lists {
		visit(&lists[i].value)
	}
	if e.Status == "" {
		return nil
	}
	return []Event{e}
}

// authResult reads a failure of requestDeviceVoIP.
func authResult(line string) []Event {
	m := authFailure.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	no := false
	e := Event{Name: AuthResult, API: "requestDeviceVoIP", Success: &no}
	e.fillText(strings.TrimRight(m[1], ` "'}`))
	if c := keyedError.FindStringSubmatch(line); c != nil {
		e.ErrCode = wholeNumber(c[1])
	}
	return []Event{e}
}
