package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// byteSize is a flag with a number of bytes.
type byteSize int64

// sizeUnits are those of numbers of bytes, the largest first.
var sizeUnits = []struct {
	name  string
	bytes int64
}{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"B", 1}, {"", 1}}

func (b *byteSize) Set(s string) error {
	for _, u := range sizeUnits {
		if digits, ok := strings.CutSuffix(strings.ToLower(s), strings.ToLower(u.name)); ok {
			n, err := strconv.ParseInt(digits, 10, 64)
			if err != nil || n < 1 || n > (1<<62)/u.bytes {
				break
			}
			*b = byteSize(n * u.bytes)
			return nil
		}
	}
	return errors.New("must be a number above 0 with a unit, as in 512MiB")
}

func (b *byteSize) String() string {
	if *b == 0 {
		return "" // none was given
	}
	return b.of(int64(*b))
}

func (b *byteSize) of(n int64) string {
	for _, u := range sizeUnits[:4] {
		if n >= u.bytes {
			return fmt.Sprintf("%.4g%s", float64(n)/float64(u.bytes), u.name)
		}
	}
	return fmt.Sprintf("%dB", n)
}

func (b *byteSize) Type() string { return "SIZE" }
