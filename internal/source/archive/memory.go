package archive

import "fmt"

// Memory is what the readers of one input may hold at once in dictionaries and the like, whose sizes its author chose.
type Memory struct {
	left int64
	made int64 // of all dictionaries so far: to make one takes time
}

// The bounds of memory. What xz at all its levels, 7z and RAR at their normal ones and zstd up to level 19 make needs no
// more; a program that collects garbage holds up to three times as much.
const (
	maxMemory     = 80 << 20
	maxDictionary = 64 << 20
	maxWindow     = 16 << 20 // of zstd, which leaves a dictionary of what is packed in it
	maxMade       = 8 << 30  // 128 of the largest
	maxHeld       = 32 << 20 // an archive that has to be read in any order, from a stream
)

// NewMemory returns the memory of one input.
func NewMemory() *Memory { return &Memory{left: maxMemory} }

// dictionary reserves a dictionary that is made at once.
func (m *Memory) dictionary(f Format, n int64) (free func(), err error) {
	free, err = m.take(f, n)
	if err != nil {
		return nil, err
	}
	if m.made += n; m.made > maxMade {
		free()
		return nil, &Failure{Text: fmt.Sprintf("the %s is packed in too many pieces, each of which asks for a large dictionary; unpack it first", f)}
	}
	return free, nil
}

// take reserves n bytes, which free gives back. It fails if that is more than one dictionary may have, or than is left.
func (m *Memory) take(f Format, n int64) (free func(), err error) {
	if n > min(maxDictionary, m.left) {
		return nil, &Failure{Text: fmt.Sprintf("unpacking the %s takes %d MiB of memory and %d may be used; unpack it first, or pack it again with a smaller dictionary", f, (n+1<<20-1)>>20, min(maxDictionary, m.left)>>20)}
	}
	m.left -= n
	return func() { m.left, n = m.left+n, 0 }, nil
}
