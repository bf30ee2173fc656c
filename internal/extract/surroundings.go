package extract

import (
	"regexp"
	"strings"
)

var (
	scopeName   = regexp.MustCompile(`\bscope\.(?:record|camera)\b`)
	scopeDenied = regexp.MustCompile(`(?i)\bscope\.(?:record|camera)["']?\s*[:=]\s*["']?(?:false|deny|denied|reject)|auth deny|authorize:?no response|\bdenied\b|\bden(?:y|ies)\b|拒绝|未授权`)
)

// scopeError reads that the user denied the mini program the microphone or the camera. Where a scope is only named, or
// allowed, it says nothing.
func scopeError(line string) (Event, bool) {
	name := scopeName.FindString(line)
	return Event{Name: ScopeError, ErrMsg: name}, name != "" && scopeDenied.MatchString(line)
}

var (
	isConnected  = regexp.MustCompile(`(?i)\bisConnected["']?\s*[:=]\s*["']?(true|false)`)
	networkNone  = regexp.MustCompile(`(?i)\b(?:networkType|onNetworkChange\w*\W+type)["']?\s*[:=]\s*["']?none\b`)
	networkLost  = regexp.MustCompile(`(?i)\bnetwork (?:lost|disconnected|unavailable)\b|\bnetwork (?:is|was|connection) (?:lost|disconnected|unavailable|down)\b|NetworkCallback\W+onLost\b`)
	networkBack  = regexp.MustCompile(`(?i)\bnetwork (?:(?:is|was|connection) )?(?:regained|restored|recovered|reconnected)\b|NetworkCallback\W+onAvailable\b`)
	networkMoved = regexp.MustCompile(`(?i)\bnetwork (?:changed|switched) from (\w+) to (\w+)`)
)

// networkChange reads that the network went, came back, or became another. A network that only reports its strength has
// not changed.
func networkChange(line string) (Event, bool) {
	e := Event{Name: NetworkChange}
	var connected []string
	if strings.Contains(strings.ToLower(line), "network") { // a socket has this field too
		connected = isConnected.FindStringSubmatch(line)
	}
	moved := networkMoved.FindStringSubmatch(line)
	switch {
	case connected != nil && strings.EqualFold(connected[1], "true"):
		e.Status = "regained"
	case connected != nil, networkNone.MatchString(line), networkLost.MatchString(line), moved != nil && strings.EqualFold(moved[2], "none"):
		e.Status = "lost"
	case networkBack.MatchString(line), moved != nil && strings.EqualFold(moved[1], "none"):
		e.Status = "regained"
	case moved != nil && !strings.EqualFold(moved[1], moved[2]):
		e.Status = "changed"
	}
	return e, e.Status != ""
}

var (
	noPage   = regexp.MustCompile(`(?i)onPageNotFound|page[^,;{}]{0,120}(?:not found|does not exist|not exist|has not been registered)|页面不存在`)
	noPageZh = "页面不存在"
)

// pageMissing reads that the page of a call could not be opened: the client's own text, or any that names the plugin's
// call page.
func pageMissing(line string) (Event, bool) {
	if !mentions(line, "not") && !strings.Contains(line, noPageZh) { // each call names its page, and the pattern is slow to say no
		return Event{}, false
	}
	text := noPage.FindString(line)
	if text == "" || text != noPageZh && !strings.Contains(line, "call-page-plugin") {
		return Event{}, false
	}
	return Event{Name: PageMissing, RoomID: builtID(line), ErrMsg: text}, true
}
