package xlog

// Work gives what the reader has spent on the bytes it passed, in bytes looked at,
// apart from what became text.
func (r *Reader) Work() int64 { return r.spent + r.judged }
