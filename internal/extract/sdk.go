package extract

import (
	"regexp"
	"strings"
)

var (
	sdkRequest = regexp.MustCompile(`\b(device/key/get|device/register|device/server/token/info/get)(?: fail)?: *(.+)$`)
	sdkCode    = regexp.MustCompile(`^(?:errcode: *|HTTP \d+ )?(-?\d+)\b`)
	cloudJoin  = regexp.MustCompile(`\b(wx_cloudvoip_session_join) fail\w*[,: ]+(\d+)`)
	sdkText    = regexp.MustCompile(`(?i)found local timestamp incorrect.*|detected memory leak: wx_\w+.*|invalid address: wx_operation.*|\bwx_camera_stream_listener::data\b.*\breleased\b`)
)

// sdkFault reads a complaint of the SDK for Linux devices or servers: a request that failed, with its code if it has
// one, or one of the SDK's fixed texts.
func sdkFault(line string) (Event, bool) {
	e := Event{Name: SDKFault}
	if m := sdkRequest.FindStringSubmatch(line); m != nil {
		e.API, e.ErrMsg = m[1], strings.TrimSpace(m[2])
		if c := sdkCode.FindStringSubmatch(e.ErrMsg); c != nil {
			e.ErrCode = wholeNumber(c[1])
			return e, e.ErrCode != nil && *e.ErrCode != 0
		}
		return e, strings.Contains(e.ErrMsg, "fail")
	}
	if m := cloudJoin.FindStringSubmatch(line); m != nil {
		e.API, e.ErrCode, e.ErrMsg = m[1], wholeNumber(m[2]), m[0]
		return e, e.ErrCode != nil && *e.ErrCode != 0
	}
	e.ErrMsg = sdkText.FindString(line)
	return e, e.ErrMsg != ""
}

// deviceCalled reads that a program of the SDK takes calls from phones.
func deviceCalled(string) (Event, bool) { return Event{Name: DeviceCalled}, true }

// cloudNotify reads the push that tells the vendor's server of a call, and an answer that refused it. An answer of 0 is
// no event.
func cloudNotify(line string) (Event, bool) {
	e := Event{Name: CloudNotify, RoomID: roomIn(line)}
	if m := keyedError.FindStringSubmatch(line); m != nil {
		e.ErrCode = wholeNumber(m[1])
		return e, e.ErrCode != nil && *e.ErrCode != 0
	}
	return e, e.RoomID != ""
}
