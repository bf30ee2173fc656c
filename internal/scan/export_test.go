package scan

// ReadOn counts the inputs of which the last Poll has read no more than what was new, this time or the last time they grew.
func (f *Follower) ReadOn() (n int) {
	for _, s := range f.files.known {
		for _, r := range s.readings {
			if r.on {
				n++
			}
		}
	}
	return n
}
