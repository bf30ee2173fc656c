package extract

import (
	"regexp"
	"strings"
)

// faults returns the fact of the device that a line tells, or the push that told a server of a call. Its words occur
// in other lines too, and the numbers of these tables in each other's: what stands around them decides.
func faults(s sightings) []Event {
	line := ""
	for _, m := range s.matches {
		w := vocabulary[m.word]
		if w.class != faultWord {
			continue
		}
		if line == "" {
			line = string(s.line)
		}
		if e, ok := faultReaders[w.name](line); ok {
			return []Event{e}
		}
	}
	return nil
}

var faultReaders = map[Name]func(string) (Event, bool){
	TaskError: taskError, DeviceRegister: deviceRegister, ServerError: serverError,
	ScopeError: scopeError, NetworkChange: networkChange, PageMissing: pageMissing,
	SDKFault: sdkFault, DeviceCalled: deviceCalled, CloudNotify: cloudNotify,
}

var (
	taskTuple = regexp.MustCompile(`(?i)\berr_?type["']?\s*[:=]\s*["']?(\d+)["']?,?\s*["']?err_?code["']?\s*[:=]\s*["']?(-?\d+)["']?(?:,?\s*["']?err_?msg["']?\s*[:=]\s*["']?([^"'})\n]*))?`)
	taskNamed = regexp.MustCompile(`(?i)TaskError|WMPFApiException`)
	taskReply = regexp.MustCompile(`(?i)baseResponse\.ret["']?\s*[:=]\s*(-?\d+)`)
	replyText = regexp.MustCompile(`(?i)baseResponse\.errMsg["']?\s*[:=]\s*["']?(.*?)["']?\s*(?:,|response\.|$)`)
	taskText  = regexp.MustCompile(`(?i)\b(?:bridge not found|onBridgeNotFound|call WMPF\.apk fail|signature err 1\b|device id not registered)`)
	provider  = regexp.MustCompile(`(?i)failed to find provider info for com\.tencent\.wmpf\.comm\.provider`)
	transfer  = regexp.MustCompile(`(?i)\berr:TRANSFER[ ,]+errCode[:= ]+(\d+)`)
	activate  = regexp.MustCompile(`(?i)\bactivate_?device\b|激活设备`)
	tooSlow   = regexp.MustCompile(`(?i)(?:fail|error|失败).*(request timeout|请求超时)`)
	otherAPI  = regexp.MustCompile(`(?i)requestDeviceVoIP|joinVoIPChat|getroomId fail`)
)

// taskError reads a failed request to WMPF. A tuple that does not say whose it is counts with types and codes of
// TaskError's tables only, for the media layer and other programs print errType and errCode too.
func taskError(line string) (Event, bool) {
	e := Event{Name: TaskError}
	if activate.MatchString(line) {
		e.API = "activateDevice"
	}
	if m := taskTuple.FindStringSubmatch(line); m != nil {
		e.ErrType, e.ErrCode = wholeNumber(m[1]), wholeNumber(m[2])
		e.ErrMsg = strings.TrimSpace(m[3])
		if e.ErrType == nil || e.ErrCode == nil {
			return e, false
		}
		if taskNamed.MatchString(line) {
			return e, *e.ErrCode != 0
		}
		return e, *e.ErrType <= 4 && taskCode(*e.ErrCode) && e.ErrMsg != "" && !otherAPI.MatchString(line)
	}
	if m := taskReply.FindStringSubmatch(line); m != nil {
		e.ErrCode, e.ErrMsg = wholeNumber(m[1]), group1(replyText.FindStringSubmatch(line))
		return e, e.ErrCode != nil && taskCode(*e.ErrCode)
	}
	if m := transfer.FindStringSubmatch(line); m != nil {
		e.ErrCode, e.ErrMsg = wholeNumber(m[1]), m[0]
		return e, true
	}
	if e.ErrMsg = taskText.FindString(line); e.ErrMsg == "" {
		e.ErrMsg = provider.FindString(line)
	}
	if e.ErrMsg == "" && e.API != "" {
		e.ErrMsg = group1(tooSlow.FindStringSubmatch(line))
	}
	return e, e.ErrMsg != ""
}

// taskCode reports whether n is a code of the TaskError page.
func taskCode(n int) bool { return n >= 10001 && n <= 10024 }

// group1 returns the first group of a match, "" without one.
func group1(groups []string) string {
	if len(groups) < 2 {
		return ""
	}
	return groups[1]
}

var (
	registerCall   = regexp.MustCompile(`\b(registerMiniProgramDevice|registerDevice)\b`)
	registerCode   = regexp.MustCompile(`(?i)\b(?:ret|result|errno|err_?code|code)["']?\s*[:=]?\s*["']?(-(?:1[01]|[1-9]))\b`)
	registerServer = regexp.MustCompile(`\b(9800004|40234)\b`)
	registerText   = regexp.MustCompile(`(?i)emmc write fail\d*|ticket \d+ invalid rpmb_buffer|invalid rpmb_buffer|ticket \d+ digital-sig check fail|digital-sig check fail|hmac check fail`)
	registerWeak   = regexp.MustCompile(`(?i)\bcert fail\b|failed to get native service|\bregister: null\b|is not confirmed|not register(?:ed)?\b`)
)

// deviceRegister reads a failed registration: a negative code next to the API's name, or a text that only it prints.
// "register info invalid" is an event of its own.
func deviceRegister(line string) (Event, bool) {
	e := Event{Name: DeviceRegister, API: group1(registerCall.FindStringSubmatch(line))}
	if strings.Contains(line, "register info invalid") {
		return e, false
	}
	if code := registerServer.FindString(line); code != "" {
		e.ErrCode = wholeNumber(code)
	} else if e.API != "" {
		if m := registerCode.FindStringSubmatch(line); m != nil {
			e.ErrCode = wholeNumber(m[1])
		}
	}
	if e.ErrMsg = registerText.FindString(line); e.ErrMsg == "" && (e.API != "" || e.ErrCode != nil) {
		e.ErrMsg = registerWeak.FindString(line)
	}
	if e.ErrMsg == "" {
		if m := keyedText.FindStringSubmatch(line); m != nil {
			e.ErrMsg = strings.TrimSpace(m[1])
		}
		return e, e.ErrCode != nil
	}
	return e, true
}

var (
	unauthorizedAPI = regexp.MustCompile(`\b48001\b`)
	snTicket        = regexp.MustCompile(`(?i)sn_?ticket`)
)

// serverError reads that getSnTicket was refused: 48001 is also what every other interface answers that an account has
// no access to.
func serverError(line string) (Event, bool) {
	if !unauthorizedAPI.MatchString(line) || !snTicket.MatchString(line) {
		return Event{}, false
	}
	code := 48001
	e := Event{Name: ServerError, API: "getSnTicket", ErrCode: &code}
	if m := keyedText.FindStringSubmatch(line); m != nil {
		e.ErrMsg = strings.TrimSpace(m[1])
	}
	return e, true
}
