package extract

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// Identifiers and texts, with their forms in docs/events.md.
var (
	mediaRoom  = regexp.MustCompile(`room id: (\d+)`)
	joinTuple  = regexp.MustCompile(`joinVoIPChat:fail:? ?(-?\d+), (-?\d+), (.*?)(?:, (-?\d+))?$`)
	keyedError = regexp.MustCompile(`(?i)\berr_?code["']?\s*[:=]\s*["']?(-?\d+)`)
	keyedText  = regexp.MustCompile(`(?i)\berrmsg["']?\s*[:=]\s*["']?([^"'}]+)`)
	keyedTruth = regexp.MustCompile(`(?i)\bissuccess["']?\s*[:=]\s*(true|false)`)
)

const maxNesting = 3 // strings that hold objects that hold strings

// pluginEvents returns the events that a line of a mini program's console tells, in their order in the line.
func pluginEvents(s sightings) []Event {
	if !s.has(eventWord, ordinaryWord) {
		return nil
	}
	objs := objects(s.line)
	var found []Event
	for _, o := range objs {
		found = append(found, eventsIn(o.value, maxNesting)...)
	}
	if len(found) == 0 {
		found = escapedEvents(s.line)
	}
	if len(found) == 0 {
		found = namedEvents(s, objs)
	}
	for i := range found {
		if found[i].RoomID == "" {
			found[i].RoomID = roomIn(string(s.line))
		}
	}
	return found
}

// eventsIn finds whole events in a value: an object with an eventName, at any depth, or inside a string.
func eventsIn(v value, nesting int) []Event {
	if v.kind == text {
		if nesting == 0 || !strings.Contains(v.text, "{") {
			return nil
		}
		var found []Event
		for _, o := range objects([]byte(v.text)) {
			found = append(found, eventsIn(o.value, nesting-1)...)
		}
		return found
	}
	if name, ok := eventName(v.str("eventName", "event_name", "event")); ok && v.kind == object {
		e := Event{Name: name}
		e.fill(&v)
		return []Event{e}
	}
	var found []Event
	for _, f := range v.fields {
		found = append(found, eventsIn(f.value, nesting)...)
	}
	return found
}

// escapedEvents finds events in JSON whose quotes are escaped because it was printed inside a string.
func escapedEvents(line []byte) []Event {
	for range maxNesting {
		if !bytes.Contains(line, []byte(`\"`)) {
			return nil
		}
		line = []byte(unescape(line))
		var found []Event
		for _, o := range objects(line) {
			found = append(found, eventsIn(o.value, 0)...)
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// namedEvents finds events printed as a bare name, with their data behind it or none.
func namedEvents(s sightings, objs []placed) []Event {
	var found []Event
	context := -1 // end of the last context word
	for _, m := range s.matches {
		w := vocabulary[m.word]
		if w.class == contextWord {
			context = m.end
			continue
		}
		strict := w.class == ordinaryWord && roomIn(string(s.line)) == ""
		if w.class > ordinaryWord || !m.whole(s.line) || inObject(s.line, m.start, objs) ||
			!announced(s.line, m.start, context, strict) || !closed(s.line[m.end:]) {
			continue
		}
		e := Event{Name: w.name}
		if o, ok := dataBehind(m.end, objs); ok {
			e.fill(&o)
		} else {
			e.fillBehind(s.line[m.end:])
		}
		found = append(found, e)
	}
	return found
}

// inObject reports whether position i lies within a complete object, or behind the start of a broken one.
func inObject(line []byte, i int, objs []placed) bool {
	end := 0
	for _, o := range objs {
		if o.start <= i && i < o.end {
			return true
		}
		if o.end <= i {
			end = o.end
		}
	}
	return bytes.IndexByte(line[end:i], '{') >= 0
}

// announced reports whether the name at start is printed as an event, not as a word of a sentence: right behind a
// context word, or, unless strict, at the start of the text, behind punctuation, or behind the word event.
func announced(line []byte, start, context int, strict bool) bool {
	if context >= 0 && context <= start && noWords(line[context:start]) {
		return true
	}
	if strict {
		return false
	}
	before := bytes.TrimRight(line[:start], ` "'`)
	if len(before) == 0 {
		return true
	}
	if n := len(before) - len("event"); n >= 0 && hasFold(before[n:], "event") {
		return true
	}
	last := before[len(before)-1]
	return last != '.' && last < 0x80 && !isIdent(last)
}

func noWords(b []byte) bool {
	for _, c := range b {
		if isIdent(c) || c >= 0x80 {
			return false
		}
	}
	return true
}

// closed reports whether what follows an event name is data or nothing, not the rest of a sentence or a call.
func closed(rest []byte) bool {
	rest = bytes.TrimLeft(rest, ` "'`)
	if len(rest) == 0 || rest[0] == '\n' || rest[0] == '\r' {
		return true
	}
	if strings.IndexByte(`{[,:=|;]`, rest[0]) >= 0 {
		return true
	}
	for _, p := range []string{"error", "room", "group", "wx"} {
		if hasFold(rest, p) {
			return true
		}
	}
	return false
}

// dataBehind returns the object that follows position i with nothing but punctuation or key words between.
func dataBehind(i int, objs []placed) (value, bool) {
	for _, o := range objs {
		if o.start >= i {
			return o.value, o.start-i < 64
		}
	}
	return value{}, false
}

// roomBehind is a room printed between an event's name and its data.
var roomBehind = regexp.MustCompile(`^[ "':=,|]*(?:(?:roomId|groupId|room|group)["']?[ :=]+["']?)?(?:[A-Za-z0-9_-]*\d[A-Za-z0-9_-]*)?[ "':=,|]*`)

// fillBehind takes the text of an Error that follows an event's name.
func (e *Event) fillBehind(rest []byte) {
	rest = rest[len(roomBehind.Find(rest)):]
	if hasFold(rest, "error") {
		e.fillText(string(rest))
	}
}

// fill takes the event's fields from the whole event or from its data alone.
func (e *Event) fill(v *value) {
	for _, key := range []string{"roomId", "groupId"} {
		if id := roomOf(v.str(key)); id != "" && e.RoomID == "" {
			e.RoomID = id
		}
	}
	data, ok := v.get("data", "detail")
	if !ok {
		data = v
	}
	if data.kind == text {
		if inner, _, ok := parseObject([]byte(data.text)); ok {
			e.fillData(&inner)
			return
		}
		e.fillText(data.text)
		return
	}
	e.fillData(data)
}

func (e *Event) fillData(d *value) {
	e.Status = d.str("status")
	e.Origin = d.str("origin")
	e.KeepTime = d.integer("keepTime")
	e.RoomType = d.str("roomType")
	e.IsCaller = d.truth("isCaller")
	e.BusinessType = d.integer("businessType")
	failure := d
	if f, ok := d.get("error", "err", "errObj", "cause"); ok {
		switch f.kind {
		case text:
			e.fillText(f.text)
		case object:
			failure = f
		}
	}
	if e.ErrCode = failure.integer("errCode", "err_code", "errcode"); e.ErrCode == nil {
		e.ErrCode = d.integer("errCode", "err_code", "errcode")
	}
	e.Reason = failure.str("reason")
	if m := failure.str("errMsg", "message", "err_msg"); m != "" {
		e.fillText(m)
	}
}

// fillText takes what the text of an error says: the message, and the numbers of a join failure and of its room.
func (e *Event) fillText(t string) {
	t, _, _ = strings.Cut(strings.TrimSpace(t), "\n")
	if rest, ok := strings.CutPrefix(t, "Error: "); ok {
		t = rest
	}
	t = strings.TrimRight(t, ` "'`)
	e.ErrMsg = t
	if m := joinTuple.FindStringSubmatch(t); m != nil {
		e.ErrType, e.NativeCode = wholeNumber(m[1]), wholeNumber(m[2])
		if len(m[4]) >= 6 && m[4][0] != '-' {
			e.MediaRoomID = m[4]
		}
	} else if m := mediaRoom.FindStringSubmatch(t); m != nil {
		e.MediaRoomID = m[1]
	}
}

func wholeNumber(s string) *int {
	if n, err := strconv.Atoi(s); err == nil {
		return &n
	}
	return nil
}
