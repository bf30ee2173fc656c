package xlogtest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
)

// A block is one block directive.
type block struct {
	magic     byte
	dialect   string
	owner     *secp256k1.PublicKey // nil for none
	session   uint64
	fill      byte
	seq       uint16
	begin     byte
	end       byte
	final     bool
	length    uint64
	declared  bool // length was given
	writes    []string
	codec     string
	encrypted bool
}

// magics maps what a magic byte decides.
var magics = [0x12]struct {
	codec       string
	sync, crypt bool
}{
	0x01: {"stored", true, false}, 0x02: {"deflate", false, false},
	0x03: {"stored", true, false}, 0x04: {"deflate", false, false}, 0x05: {"deflate", false, false},
	0x06: {"stored", true, false}, 0x07: {"deflate", false, true},
	0x08: {"stored", true, false}, 0x09: {"deflate", false, false},
	0x0A: {"stored", true, false}, 0x0B: {"stored", true, false},
	0x0C: {"zstd", false, true}, 0x0D: {"zstd", false, false},
	0x0E: {"stored", true, false}, 0x0F: {"stored", true, false},
	0x10: {"stored", false, true}, 0x11: {"stored", false, false},
}

// magicFor gives the magic of today's appender, or of the fork that does not pack.
func magicFor(codec string, sync, crypt bool) byte {
	switch {
	case sync && crypt:
		return 0x06
	case sync:
		return 0x08
	}
	plain := map[string]byte{"deflate": 0x09, "zstd": 0x0D, "stored": 0x11}[codec]
	if crypt && plain == 0x09 {
		return 0x07
	} else if crypt && plain != 0 {
		return plain - 1
	}
	return plain
}

// parseBlock reads the attributes of a block. next is the seq of an async block
// that names none.
func parseBlock(fields []string, next uint16) (*block, error) {
	a := map[string]string{}
	for _, f := range fields {
		name, value, ok := strings.Cut(f, "=")
		if !ok {
			return nil, fmt.Errorf("%q is no attribute", f)
		}
		a[name] = value
	}
	take := func(name, otherwise string) string {
		v, ok := a[name]
		if !ok {
			v = otherwise
		}
		delete(a, name)
		return v
	}
	var bad error
	number := func(name, s string, base, bits int) uint64 {
		n, err := strconv.ParseUint(s, base, bits)
		if err != nil && bad == nil {
			bad = fmt.Errorf("%s: %w", name, err)
		}
		return n
	}

	b := &block{dialect: take("dialect", "open")}
	crypt := take("crypt", "no")
	if magic := take("magic", ""); magic != "" {
		b.magic = byte(number("magic", magic, 16, 8))
	} else {
		b.magic = magicFor(take("codec", "deflate"), take("mode", "async") == "sync", crypt != "no")
	}
	if int(b.magic) >= len(magics) || magics[b.magic].codec == "" {
		return nil, errors.New("no such magic or codec")
	}
	m := magics[b.magic]
	b.codec, b.encrypted = m.codec, m.crypt
	switch {
	case crypt == "yes", crypt == "no" && m.crypt:
		b.owner = publicOf(KeyHex)
	case crypt == "other":
		b.owner = publicOf(OtherKeyHex)
	case crypt != "no":
		if b.owner = parsePublic(crypt); b.owner == nil {
			return nil, errors.New("crypt is yes, other, no or a public key of 128 hex digits")
		}
	}
	seq := "0"
	if !m.sync {
		seq = strconv.Itoa(int(next))
	}
	b.seq = uint16(number("seq", take("seq", seq), 10, 16))
	begin, end, _ := strings.Cut(take("hours", "8-8"), "-")
	b.begin, b.end = byte(number("hours", begin, 10, 8)), byte(number("hours", end, 10, 8))
	b.session = number("session", take("session", "1"), 10, 64)
	b.fill = byte(number("fill", take("fill", "00"), 16, 8))
	b.final = take("end", "flush") == "final"
	if s := take("length", ""); s != "" {
		b.length, b.declared = number("length", s, 10, 32), true
	}
	if bad == nil && len(a) > 0 {
		bad = fmt.Errorf("unknown or needless attributes: %d of them", len(a))
	}
	return b, bad
}

// build appends the block to out.
func (b *block) build(out []byte) ([]byte, error) {
	body, ends, err := pack(b.codec, b.writes, b.final)
	if err != nil {
		return nil, err
	}
	masked := b.magic <= 0x02 || b.magic <= 0x05 && b.dialect == "internal"
	size := len(body)
	if b.magic == 0x05 {
		size += 2 * len(ends)
	}
	if masked {
		mask := 0xCC ^ b.magic ^ byte(b.seq)
		if b.magic <= 0x02 {
			mask = 0xCC ^ b.magic ^ byte(size)
		}
		for i := range body {
			body[i] ^= mask
		}
	}
	if b.magic == 0x05 {
		if body, err = chunk(body, ends); err != nil {
			return nil, err
		}
	}
	var client [64]byte
	for i := range client {
		client[i] = b.fill
	}
	if b.owner != nil {
		var tea [4]uint32
		client, tea = agree(b.owner, b.session)
		if b.encrypted {
			encrypt(tea, body)
		}
	}
	length := uint32(len(body))
	if b.declared {
		length = uint32(b.length)
	}
	out = append(out, b.magic)
	if b.magic > 0x02 {
		out = binary.LittleEndian.AppendUint16(out, b.seq)
		out = append(out, b.begin, b.end)
	}
	out = binary.LittleEndian.AppendUint32(out, length)
	switch {
	case b.magic > 0x05:
		out = append(out, client[:]...)
	case !masked:
		out = append(out, 0, 0, 0, 0)
	}
	return append(append(out, body...), 0), nil
}
