package scan

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"os"

	"github.com/xlogscan/xlogscan/internal/source"
)

// How a log that grew is found in a state: its first bytes lead to a file that says how many bytes of it are behind a
// checkpoint, and their sum. The pass over the input that sums it up takes that sum on its way. Where the two are equal all
// of the bytes are as they were, whatever became of those behind, and reading goes on there. Of several logs that begin
// alike, and of several lengths of one, only the one that was read last is known.

// growthHead is what the file of a growth begins with; behind it stands a checkpoint.
type growthHead struct {
	Offset int64
	Sum    [sha256.Size]byte // of the bytes in front of it
}

// A growth is the file of one.
type growth struct {
	name string
	growthHead
}

// load reads the checkpoint.
func (g *growth) load() (*checkpoint, error) {
	data, err := os.ReadFile(g.name)
	if err != nil {
		return nil, err
	}
	var head growthHead
	n, err := binary.Decode(data, binary.LittleEndian, &head)
	if err != nil || head != g.growthHead {
		return nil, errNoStanding // another scan has put another one there
	}
	return &checkpoint{g.Offset, data[n:]}, nil
}

// loadGrowth reads the beginning of the file of a growth.
func loadGrowth(name string) (*growth, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing is written
	g := &growth{name: name}
	if err := binary.Read(f, binary.LittleEndian, &g.growthHead); err != nil {
		return nil, err
	}
	if g.Offset < source.HeadSize {
		return nil, errNoStanding
	}
	return g, nil
}

func saveGrowth(dir, name string, front []byte, at *checkpoint) error {
	head := growthHead{Offset: at.offset, Sum: [sha256.Size]byte(front)}
	return writeWhole(dir, name, binary.LittleEndian.AppendUint64(nil, uint64(head.Offset)), head.Sum[:], at.packed)
}

// A summing is what a pass over an input told of its content.
type summing struct {
	content []byte  // the sum of all bytes, or the version that stands for it
	head    []byte  // the first bytes; nil where there are fewer, or a version
	known   *growth // how far it was read when it was shorter
	front   hash.Cloner
}

// sumUp sums up an input.
func (s *state) sumUp(ctx context.Context, in source.Input) (*summing, error) {
	if in.Version != "" {
		return &summing{content: []byte(in.Version)}, nil
	}
	f, err := in.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing is written
	r := contextReader{ctx, f}
	h, sum := sha256.New(), &summing{}
	head := make([]byte, source.HeadSize)
	n, err := io.ReadFull(r, head)
	h.Write(head[:n])
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
	case err != nil:
		return nil, err
	default:
		sum.head = head
		g, err := loadGrowth(s.growth(in, head))
		if err != nil {
			break
		}
		if _, err := io.CopyN(h, r, g.Offset-source.HeadSize); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if bytes.Equal(h.Sum(nil), g.Sum[:]) {
			sum.known = g
			sum.front, _ = h.(hash.Cloner).Clone() // the library's own never fails
		}
	}
	if _, err := io.Copy(h, r); err != nil {
		return nil, err
	}
	sum.content = h.Sum(nil)
	return sum, nil
}

var errChanged = errors.New("the input is not as it was")

// again sums the input up once more, now that it was read, and returns the sum of what is in front of the checkpoint rest,
// nil without one. The error says that the input has changed. Where it was read on from s.known, the bytes in front of that were
// not read, and are not looked at.
func (s *summing) again(ctx context.Context, in source.Input, on bool, rest *checkpoint) (front []byte, err error) {
	if in.Version != "" {
		return nil, nil
	}
	h := sha256.New()
	from := int64(0)
	if on {
		h, from = s.front, s.known.Offset
	}
	var f io.ReadCloser
	if from > 0 {
		f, err = in.OpenFrom(ctx, from)
	} else {
		f, err = in.Open(ctx)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing is written
	r := contextReader{ctx, f}
	if rest != nil && s.head != nil && rest.offset >= from {
		if _, err := io.CopyN(h, r, rest.offset-from); err != nil {
			return nil, err
		}
		front = h.Sum(nil)
	}
	if _, err := io.Copy(h, r); err != nil {
		return nil, err
	}
	if !bytes.Equal(h.Sum(nil), s.content) {
		return nil, errChanged
	}
	return front, nil
}

// readGrown reads an input on from a checkpoint, nil where that does not work and it has to be read from its start.
func readGrown(ctx context.Context, in source.Input, from *checkpoint, opt Options, crew *crew, meter *meter) *reading {
	st, err := from.standing(in, opt)
	if err != nil {
		return nil
	}
	f, err := in.OpenFrom(ctx, from.offset)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // nothing is written
	told := meter.of(in.Name)
	if told == nil {
		told = func(int64) {}
	}
	told(from.offset)
	if err := st.readOn(&metered{contextReader{ctx, f}, told}, opt, crew); err != nil {
		return nil
	}
	st.reading.finish(st.lines, nil, opt)
	st.reading.on = true
	return st.reading
}

// metered tells how much is read.
type metered struct {
	r    io.Reader
	told func(int64)
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if n > 0 {
		m.told(int64(n))
	}
	return n, err
}

// contentOf sums up all bytes of an input.
func contentOf(ctx context.Context, in source.Input) ([]byte, error) {
	r, err := in.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // nothing is written
	h := sha256.New()
	if _, err := io.Copy(h, contextReader{ctx, r}); err != nil {
		return nil, err
	}
	return h.Sum(nil), nil
}

type contextReader struct {
	ctx context.Context //nolint:containedctx // a reader has no other way
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}
