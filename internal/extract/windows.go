package extract

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// buckets is into how many sets windows are sorted: one for each bit of a byte.
const buckets = 8

// columns is how many nibbles a window has. Column c of a window is bits 4c to 4c+3 of its little-endian word.
const columns = 2 * window

// nibbles tells which buckets four bytes may be in: those that have each of their nibbles, a bit for each bucket. It
// holds for letters of any case, and for the windows of a bucket and more, since nibbles of different windows mix.
type nibbles [columns][16]uint8

// A bucket is a set of windows as nibbles sees it.
type bucket struct {
	has  [columns]uint16 // a bit for each nibble that one of its windows has there
	like [columns]sites  // where in everyday the nibble is among them
	cost int

	windows []uint32
}

// sites is a set of places of everyday, a bit for each.
type sites [(len(everyday) + 63) / 64]uint64

// everyday is what logs are full of, in lower case. Where a window, or a bucket as nibbles sees it, stands in it, so it
// will in logs, and make the search stop there.
const everyday = `[i][2026-11-20 +8.0 08:15:37.246][4711, 4893*][micromsg.appbrandruntime][appbrandruntime.java:340, onstatechanged][
[d][2024-06-01 +8.0 10:28:04.980][wmpf.runtime][mpconsole][net_core.cc:98, onloop][wmpf starting started register server load plugin
11-18 09:05:20.391 25949 18705 i micromsg.net: {"errmsg":"request:ok","statuscode":200,"name":"on","id":54805,"type":0,"data":null}
page load onload onlaunch timestamp=1700000000123 start stop send recv state ok error channel audio video frame codec jitter packet
room member session timer update cache view layer input output engine network com.tencent.mm.plugin.appbrand java.lang.exception
voip wmpfvoip call result success request response return connect connected disconnect device client thread handler message process
activity service setdata invokehandler callback cost scene runtime loss changed "appid":"wx0123456789abcdef"`

// rounds is how often windows are chosen: at first beside those before, then, where that was dear, beside all others. More
// rounds gain little, and each program pays for them as it starts.
const rounds = 2

// dear is the cost of a window, as bucket.with counts it, from which on it is chosen again.
const dear = 1 << 14

// chooseWindows gives the offset of a window in each word, such that everyday text stops the sieve seldom. It takes the
// words with the least choice first, and gives each the window and the bucket that cost least beside the others.
func chooseWindows(words []string) (offsets []int, sift nibbles) {
	alike := everydayNibbles()
	var sorted [buckets]bucket
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(len(words[i]), len(words[j])) })
	offsets = make([]int, len(words))
	in := make([]*bucket, len(words))
	paid := make([]int, len(words))
	for range rounds {
		for _, i := range order {
			text := []byte(words[i])
			if in[i] != nil {
				if paid[i] < dear {
					continue
				}
				in[i].remove(windowAt(text, offsets[i]), alike)
			}
			least := math.MaxInt / 2 // so that a sum does not overflow
			for offset := 0; offset+window <= len(text) && least > 0; offset++ {
				w := windowAt(text, offset)
				alone := new(bucket).with(w, alike, least) // each word costs a look where its window really stands
				for b := range sorted {
					so := sorted[b].cost - alone
					if cost := sorted[b].with(w, alike, least+so) - so; cost < least {
						least, in[i], offsets[i] = cost, &sorted[b], offset
					}
				}
			}
			paid[i] = least
			in[i].add(windowAt(text, offsets[i]), alike)
		}
	}
	return offsets, tabulate(&sorted)
}

func windowAt(word []byte, offset int) uint32 {
	return binary.LittleEndian.Uint32(word[offset:]) | fold
}

// everydayNibbles gives, for each column and nibble, the places of everyday that have it.
func everydayNibbles() *[columns][16]sites {
	alike := new([columns][16]sites)
	for p := range len(everyday) - window + 1 {
		w := binary.LittleEndian.Uint32([]byte(everyday[p:p+window])) | fold
		for c := range columns {
			alike[c][w>>(4*c)&15][p/64] |= 1 << (p % 64)
		}
	}
	return alike
}

// with gives what the bucket costs with one more window: the places of everyday at which it seems to stand, and where
// that is equal how many of all windows it takes for its own. It gives up where that is limit or more.
func (b *bucket) with(w uint32, alike *[columns][16]sites, limit int) int {
	stops, taken := 0, 1
	for i := range len(sites{}) {
		if stops<<(4*columns) >= limit {
			break
		}
		everywhere := ^uint64(0)
		for c := range columns {
			if everywhere &= b.like[c][i] | alike[c][w>>(4*c)&15][i]; everywhere == 0 {
				break
			}
		}
		stops += bits.OnesCount64(everywhere)
	}
	for c := range columns {
		taken *= bits.OnesCount16(b.has[c] | 1<<(w>>(4*c)&15))
	}
	return stops<<(4*columns) + taken
}

func (b *bucket) add(w uint32, alike *[columns][16]sites) {
	b.windows = append(b.windows, w)
	b.cost = b.with(w, alike, math.MaxInt)
	b.take(w, alike)
}

// take takes in what a window is like.
func (b *bucket) take(w uint32, alike *[columns][16]sites) {
	for c := range columns {
		n := w >> (4 * c) & 15
		b.has[c] |= 1 << n
		for i, places := range alike[c][n] {
			b.like[c][i] |= places
		}
	}
}

// remove removes a window that was added.
func (b *bucket) remove(w uint32, alike *[columns][16]sites) {
	i := slices.Index(b.windows, w)
	*b = bucket{windows: slices.Delete(b.windows, i, i+1)}
	for _, w := range b.windows {
		b.take(w, alike)
	}
	if len(b.windows) > 0 {
		b.cost = b.with(b.windows[0], alike, math.MaxInt)
	}
}

// tabulate turns buckets into nibbles. High nibbles of letters are there in both cases.
func tabulate(sorted *[buckets]bucket) (sift nibbles) {
	const folded = fold >> 4 & 15
	for i := range sorted {
		for c := range columns {
			for n := range 16 {
				is := n | folded*(c&1)
				sift[c][n] |= uint8(sorted[i].has[c]>>is&1) << i
			}
		}
	}
	return sift
}
