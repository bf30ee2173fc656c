package extract

import (
	"bytes"
	"regexp"
)

var (
	pageListener = regexp.MustCompile(`[?&]listenerId=([A-Za-z0-9_-]+)`)
	groupCode    = regexp.MustCompile(`\b(980001[3-8]|9800044)\b`)
)

// marked returns the event that a fixed text of the client stands for.
func marked(s sightings, tag []byte) []Event {
	for _, m := range s.matches {
		w := vocabulary[m.word]
		if w.class != markerWord {
			continue
		}
		e := Event{Name: w.name}
		switch w.name {
		case AlertShown:
			// The address of the call page names the room and who is called; one that names neither is of no call.
			e.ListenerID = first(pageListener.FindSubmatch(s.line))
			if e.ListenerID == "" && roomIn(string(s.line)) == "" {
				continue
			}
		case AppDestroyed:
			if !bytes.Contains(tag, []byte("OpenVoice")) {
				continue
			}
		case ProcessDied, ProcessStarted, DeviceBooted:
			told, ok := ofProcess(w.name, s.line)
			if !ok {
				continue
			}
			e = told
		case ClockSet:
			set, ok := clockSet(s.line)
			if !ok {
				continue
			}
			e = set
		case GroupFault:
			code := groupCode.FindString(string(s.line))
			if code == "" {
				continue
			}
			e.ErrCode = wholeNumber(code)
		}
		if !e.Name.OfDevice() { // whose lines name groups of devices
			e.RoomID = roomIn(string(s.line))
		}
		return []Event{e}
	}
	return nil
}
