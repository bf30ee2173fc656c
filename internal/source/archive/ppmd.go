package archive

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/stangelandcl/ppmd"
)

// ppmdReader unpacks PPMd as 7z has it. The decoder does not see that its input ends, and goes on with what is no text.
type ppmdReader struct {
	r   ppmd.Reader
	in  ppmdInput
	err error
}

type ppmdInput struct {
	r   *bufio.Reader
	err error
}

func (in *ppmdInput) Read(p []byte) (n int, err error) {
	n, err = in.r.Read(p)
	if n == 0 && err != nil {
		in.err = err
	}
	return n, err
}

// newPPMd reads the properties: the order of the model, and the memory that it has.
func newPPMd(r *bufio.Reader, props []byte, size int64, memory *Memory) (io.Reader, func(), error) {
	if len(props) != 5 || size > math.MaxInt {
		return nil, nil, errors.New("a property of PPMd is wrong")
	}
	order, held := int(props[0]), int64(binary.LittleEndian.Uint32(props[1:]))
	free, err := memory.dictionary(SevenZip, held)
	if err != nil {
		return nil, nil, err
	}
	p := &ppmdReader{in: ppmdInput{r: r}}
	if err := guard(func() (err error) {
		p.r, err = ppmd.NewH7zReader(&p.in, order, int(held), int(size))
		return err
	}); err != nil {
		free()
		return nil, nil, err
	}
	return p, free, nil
}

// Read asks for one byte at a time, so that none is given for which there was no input.
func (p *ppmdReader) Read(b []byte) (n int, err error) {
	if p.err != nil {
		return 0, p.err
	}
	p.err = guard(func() error {
		for ; n < len(b); n++ {
			_, err := p.r.Read(b[n : n+1])
			switch {
			case errors.Is(p.in.err, io.EOF):
				return io.ErrUnexpectedEOF
			case p.in.err != nil:
				return p.in.err
			case err != nil:
				return err
			}
		}
		return nil
	})
	return n, p.err
}
