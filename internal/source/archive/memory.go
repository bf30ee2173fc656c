package archive

import "fmt"

// Memory is what the readers of one input may hold at once in dictionaries and the like, whose sizes its author chose.
type Memory struct{ left int64 }

// The bounds of memory. What xz, 7z, RAR and zstd make by any of their plain levels needs no more; a program that is
// collecting garbage holds about twice as much.
const (
	maxMemory     = 96 << 20
	maxDictionary = 64 << 20
	maxWindow     = 32 << 20 // of zstd, which leaves a dictionary of what is packed in it
	maxHeld       = 32 << 20 // an archive that has to be read in any order, from a stream
)

// NewMemory returns the memory of one input.
func NewMemory() *Memory { return &Memory{maxMemory} }

// take reserves n bytes, which free gives back. It fails if that is more than one dictionary may have, or than is left.
func (m *Memory) take(f Format, n int64) (free func(), err error) {
	if n > min(maxDictionary, m.left) {
		return nil, &Failure{Text: fmt.Sprintf("unpacking the %s takes %d MiB of memory and %d may be used; pack it again with a smaller dictionary", f, (n+1<<20-1)>>20, min(maxDictionary, m.left)>>20)}
	}
	m.left -= n
	return func() { m.left, n = m.left+n, 0 }, nil
}
