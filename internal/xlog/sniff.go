package xlog

import "bytes"

// Sniff reports whether the first bytes of an input look like a container: a
// block at the very start whose header is plausible and whose body begins as it
// should, or anywhere in head a block and the header of another behind it. A few
// KiB are enough as a rule. Text never passes, though TAB, LF and CR are magics:
// a length needs bytes that text does not have. Nor do zeros; see [Blank].
func Sniff(head []byte) bool {
	if len(head) == 0 {
		return false
	}
	r := NewReader(bytes.NewReader(head), Options{})
	if _, at := r.search(0, len(head), len(head)); at == atBlock {
		return true
	}
	forms := layouts[head[0]]
	for i := range forms {
		l := &forms[i]
		if len(head) < l.header || !plausible(head, l, r.maxBody) {
			continue
		}
		body := head[l.header:]
		length := int(parseHeader(head, l).BodyLength)
		if length < len(body) {
			if body[length] == 0 && r.follows(l.header+length+1) {
				return true
			}
			body = body[:length]
		}
		if r.dec.resembles(l, head[:l.header], body[:min(len(body), trialBytes)]) {
			return true
		}
	}
	return false
}
