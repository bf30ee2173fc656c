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

// kinds is how many kinds of bytes there are. A byte is of the kind that its low bits name, so that a letter is of one
// kind in both cases.
const kinds = 32

// classes tells which buckets four bytes may be in: those that have the kind of each of them, a bit for each bucket. It
// holds for the windows of a bucket and more, since bytes of different windows mix.
type classes [window][kinds]uint8

// A bucket is a set of windows as classes sees it.
type bucket struct {
	has  [window]uint32 // a bit for each kind that one of its windows has there
	like [window]sites  // where in everyday the kind is among them
	cost int

	windows []uint32
}

// kindAt gives the kind of byte i of a window.
func kindAt(w uint32, i int) uint32 { return w >> (8 * i) % kinds }

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

// allWindows is how many windows differ in kinds.
const allWindows = kinds * kinds * kinds * kinds

// dear is the cost of a window, as bucket.with counts it, from which on it is chosen again.
const dear = 1 << 6

// chooseWindows gives the offset of a window in each word, such that everyday text stops the sieve seldom. It takes the
// words with the least choice first, and gives each the window and the bucket that cost least beside the others.
func chooseWindows(words []string) (offsets []int, sift classes) {
	alike := everydayKinds()
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

// everydayKinds gives, for each byte of a window and each kind, the places of everyday that have it.
func everydayKinds() *[window][kinds]sites {
	alike := new([window][kinds]sites)
	for p := range len(everyday) - window + 1 {
		for i := range window {
			alike[i][everyday[p+i]%kinds][p/64] |= 1 << (p % 64)
		}
	}
	return alike
}

// with gives what the bucket costs with one more window: the places of everyday at which it seems to stand, and where
// that is equal how many of all windows it takes for its own. It gives up where that is limit or more.
func (b *bucket) with(w uint32, alike *[window][kinds]sites, limit int) int {
	stops, taken := 0, 1
	for i := range len(sites{}) {
		if stops*allWindows >= limit {
			break
		}
		everywhere := ^uint64(0)
		for at := range window {
			if everywhere &= b.like[at][i] | alike[at][kindAt(w, at)][i]; everywhere == 0 {
				break
			}
		}
		stops += bits.OnesCount64(everywhere)
	}
	for at := range window {
		taken *= bits.OnesCount32(b.has[at] | 1<<kindAt(w, at))
	}
	return stops*allWindows + taken
}

func (b *bucket) add(w uint32, alike *[window][kinds]sites) {
	b.windows = append(b.windows, w)
	b.cost = b.with(w, alike, math.MaxInt)
	b.take(w, alike)
}

// take takes in what a window is like.
func (b *bucket) take(w uint32, alike *[window][kinds]sites) {
	for at := range window {
		kind := kindAt(w, at)
		b.has[at] |= 1 << kind
		for i, places := range alike[at][kind] {
			b.like[at][i] |= places
		}
	}
}

// remove removes a window that was added.
func (b *bucket) remove(w uint32, alike *[window][kinds]sites) {
	i := slices.Index(b.windows, w)
	*b = bucket{windows: slices.Delete(b.windows, i, i+1)}
	for _, w := range b.windows {
		b.take(w, alike)
	}
	if len(b.windows) > 0 {
		b.cost = b.with(b.windows[0], alike, math.MaxInt)
	}
}

// tabulate turns buckets into classes.
func tabulate(sorted *[buckets]bucket) (sift classes) {
	for i := range sorted {
		for at := range window {
			for kind := range kinds {
				sift[at][kind] |= uint8(sorted[i].has[at]>>kind&1) << i
			}
		}
	}
	return sift
}
