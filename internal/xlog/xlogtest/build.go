package xlogtest

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// maxBuilt bounds what a text form may ask for.
const maxBuilt = 64 << 20

// Build gives the container that text describes.
func Build(text string) ([]byte, error) {
	out, _, err := run(text)
	return out, err
}

// Texts gives the text of each block that text describes, as it was before any
// damage.
func Texts(text string) ([]string, error) {
	_, blocks, err := run(text)
	var texts []string
	for _, b := range blocks {
		texts = append(texts, strings.Join(b.writes, ""))
	}
	return texts, err
}

func run(text string) (out []byte, blocks []*block, err error) {
	var open *block
	seq := uint16(0)
	finish := func() error {
		if open == nil {
			return nil
		}
		b := open
		open = nil
		out, err = b.build(out)
		return err
	}
	for i, line := range strings.Split(text, "\n") {
		if err := func() error {
			if write, ok := strings.CutPrefix(line, "\t"); ok {
				if open == nil {
					return errors.New("text outside a block")
				}
				return open.add(write)
			}
			fields := strings.Fields(line)
			if len(fields) == 0 || fields[0][0] == '#' {
				return nil
			}
			if err := finish(); err != nil {
				return err
			}
			if fields[0] == "block" {
				b, err := parseBlock(fields[1:], seq+1)
				if err != nil {
					return err
				}
				if !magics[b.magic].sync {
					seq = b.seq
				}
				open = b
				blocks = append(blocks, b)
				return nil
			}
			return damage(&out, fields)
		}(); err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if err := finish(); err != nil {
		return nil, nil, err
	}
	return out, blocks, nil
}

func (b *block) add(write string) error {
	if !strings.HasPrefix(write, `"`) {
		b.writes = append(b.writes, write+"\n")
		return nil
	}
	s, err := strconv.Unquote(write)
	b.writes = append(b.writes, s)
	return err
}

// damage runs a directive that is no block.
func damage(out *[]byte, fields []string) error {
	n, off, seed := 0, 0, 0
	var raw []byte
	var err error
	for _, f := range fields[1:] {
		name, value, ok := strings.Cut(f, "=")
		if !ok {
			name, value = "n", f
		}
		switch name {
		case "n":
			n, err = strconv.Atoi(value)
		case "off":
			off, err = strconv.Atoi(value)
		case "seed":
			seed, err = strconv.Atoi(value)
		case "hex":
			raw, err = hex.DecodeString(value)
		default:
			err = errors.New("unknown")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if n < 0 || n > maxBuilt {
		return fmt.Errorf("%d bytes are not possible", n)
	}
	if raw == nil && fields[0] == "set" {
		raw = make([]byte, n)
	}
	b := *out
	switch fields[0] {
	case "garbage":
		if raw == nil {
			raw = noise(n, seed)
		}
		b = append(b, raw...)
	case "zeros":
		b = append(b, make([]byte, n)...)
	case "cut":
		if n > len(b) {
			return errors.New("nothing is left")
		}
		b = b[:len(b)-n]
	case "crlf":
		b = bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
	case "set":
		if off < 0 {
			off += len(b)
		}
		if off < 0 || off+len(raw) > len(b) {
			return errors.New("outside of what is built")
		}
		copy(b[off:], raw)
	default:
		return fmt.Errorf("%q is no directive", fields[0])
	}
	*out = b
	return nil
}

func noise(n, seed int) []byte {
	r := rand.New(rand.NewPCG(uint64(seed), 0))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}
