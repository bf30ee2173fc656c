package archive

import (
	"archive/tar"
	"errors"
	"hash/maphash"
	"io"
	"path"
	"strconv"
	"strings"
)

const tarBlock = 512

// isTar looks at the checksum of the first header, which archives from before "ustar" have too.
func isTar(head []byte) bool {
	const at, size = 148, 8
	if len(head) < tarBlock || head[0] == 0 {
		return false
	}
	field := strings.Trim(string(head[at:at+size]), " \x00")
	want, err := strconv.ParseInt(field, 8, 64)
	if err != nil {
		return false
	}
	var unsigned, signed int64
	for i, c := range head[:tarBlock] {
		if i >= at && i < at+size {
			c = ' '
		}
		unsigned += int64(c)
		signed += int64(int8(c))
	}
	return want == unsigned || want == signed
}

// walkTar passes over folders, symbolic links and devices. A hard link is a second name of a file in front of it, which is
// read once; where there is none, as in an archive of part of a folder, it is refused.
func walkTar(src *Source, visit func(*Entry) error) error {
	r := tar.NewReader(src.Seq)
	seed, seen := maphash.MakeSeed(), map[uint64]bool{} // names, of which a hostile archive may have many long ones
	sum := func(name string) uint64 { return maphash.String(seed, path.Clean(name)) }
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return damaged(Tar, err)
		}
		known := len(seen) < src.Entries // beyond, nothing is said of links
		if h.Typeflag == tar.TypeLink && known && !seen[sum(h.Linkname)] {
			if err := visit(&Entry{Name: cleanName(h.Name), ModTime: h.ModTime.UTC(), Refused: ErrLink}); err != nil {
				return err
			}
			continue
		}
		if known {
			seen[sum(h.Name)] = true
		}
		if h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeGNUSparse && h.Typeflag != tar.TypeCont {
			continue
		}
		e := &Entry{Name: cleanName(h.Name), ModTime: h.ModTime.UTC(), Reader: &worded{f: Tar, r: r}, Bare: !isSparse(h)}
		if err := visit(e); err != nil {
			return err
		}
	}
}

// isSparse reports whether a file may have holes, which read as zeros that the archive does not hold.
func isSparse(h *tar.Header) bool {
	if h.Typeflag == tar.TypeGNUSparse {
		return true
	}
	for k := range h.PAXRecords {
		if strings.HasPrefix(k, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// worded says in words what is wrong with an archive.
type worded struct {
	f Format
	r io.Reader
}

func (w *worded) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	return n, damaged(w.f, err)
}
