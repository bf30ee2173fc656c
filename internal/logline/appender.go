package logline

import "bytes"

// Tags of records that no application wrote.
const (
	// AppenderTag is the tag of the lines the Mars appender writes about itself: opening and closing
	// banners, recovery of the cache file, lost text, jumps of the clock. Their Text is the whole line.
	AppenderTag = "mars.appender"
	// DecoderTag is the tag of the notes the official decoders leave in the text they decode.
	DecoderTag = "mars.decoder"
)

var (
	appenderTag = []byte(AppenderTag)
	decoderTag  = []byte(DecoderTag)
	decoderNote = []byte("[F]decode_log_file.py ")
)

// appenderNotes begin lines of the appender (Tencent/mars, mars/xlog/src/appender.cc).
var appenderNotes = [][]byte{
	[]byte("[F][ sg_buffer_async."),
	[]byte("[F][ last log file:"),
	[]byte("[F]log_size <= "),
	[]byte("~~~~~ begin of mmap"),
	[]byte("~~~~~ end of mmap"),
	[]byte("get mmap time: "),
	[]byte("del time out files time: "),
	[]byte("MARS_URL: "),
	[]byte("MARS_PATH: "),
	[]byte("MARS_REVISION: "),
	[]byte("MARS_BUILD_TIME: "),
	[]byte("MARS_BUILD_JOB: "),
	[]byte("log appender mode:"),
	[]byte("cache dir space info, "),
	[]byte("log dir space info, "),
	[]byte("appender has already been opened. "),
	[]byte("write file error:"),
	[]byte("ERROR!!! xlogger_appender "),
}

// appenderByte reports whether a line of the appender can begin with c.
func appenderByte(c byte) bool {
	switch c {
	case '[', '~', '^', '$', 'g', 'd', 'M', 'l', 'c', 'a', 'w', 'E':
		return true
	}
	return false
}

// parseAppender recognises lines without the Mars header that belong to no record before them.
func parseAppender(line []byte, h *header) bool {
	if len(line) < 2 || !appenderByte(line[0]) || line[0] == '[' && line[1] != 'F' {
		return false
	}
	tag := appenderTag
	switch {
	case isBanner(line), hasAnyPrefix(line, appenderNotes):
	case bytes.HasPrefix(line, decoderNote):
		tag = decoderTag
	default:
		return false
	}
	h.format = Mars
	h.tag = tag
	switch line[0] {
	case '[':
		h.level = 'F'
	case 'E':
		h.level = 'E'
	}
	readTail(line, h)
	return true
}

// isBanner recognises "^^^^^^^^^^Nov 23 2026^^^01:07:27^^^^^^^^^^[pid,tid][time]", which opens a
// session, and the same with "$", which closes it. The date inside is that of the build.
func isBanner(line []byte) bool {
	const marks = 10
	c := line[0]
	if c != '^' && c != '$' || len(line) < 2*marks {
		return false
	}
	for i := range marks {
		if line[i] != c {
			return false
		}
	}
	return line[marks] != c && bytes.IndexByte(line[marks:], c) > 0
}

func hasAnyPrefix(line []byte, prefixes [][]byte) bool {
	for _, p := range prefixes {
		if line[0] == p[0] && bytes.HasPrefix(line, p) {
			return true
		}
	}
	return false
}

// readTail reads the "[pid,tid][2024-06-01 +0800 07:59:59]" that some lines of the appender end with.
func readTail(line []byte, h *header) {
	end := len(line) - 1
	if line[end] != ']' {
		return
	}
	stamp := bytes.LastIndexByte(line, '[')
	if stamp < 1 || readMarsTime(line[stamp+1:end], &h.reading) == 0 {
		return
	}
	if thread := bytes.LastIndexByte(line[:stamp], '['); thread >= 0 {
		readThread(line[thread:stamp], h)
	}
}
