package archive

import (
	"errors"
	"io"

	"github.com/nwaples/rardecode/v2"
)

// walkRar reads RAR 2 to 7. A panic of the decoder is damage too.
func walkRar(src *Source, visit func(*Entry) error) error {
	dict := min(maxDictionary, src.Memory.left/3*2) // leaves some for what is packed in it
	free, err := src.Memory.take(Rar, dict)
	if err != nil {
		return err
	}
	defer free()
	r := &rarReader{}
	if err := guard(func() (err error) {
		r.r, err = rardecode.NewReader(src.Seq, rardecode.MaxDictionarySize(dict))
		return err
	}); err != nil {
		return rarFailure(err)
	}
	for {
		var h *rardecode.FileHeader
		err := guard(func() (err error) {
			h, err = r.r.Next()
			return err
		})
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil && r.err != nil {
			return r.err // says it better
		}
		if err != nil {
			return rarFailure(err)
		}
		r.err = nil
		if h.IsDir || h.LinkType != rardecode.LinkTypeNone || !h.Mode().IsRegular() {
			continue
		}
		e := &Entry{Name: cleanName(h.Name), ModTime: h.ModificationTime.UTC(), Reader: r, Drain: true}
		if h.Encrypted || h.HeaderEncrypted {
			e.Refused, e.Drain = ErrEncrypted, false
		}
		if err := visit(e); err != nil {
			return err
		}
	}
}

type rarReader struct {
	r   *rardecode.Reader
	err error // of the file that is read
}

func (r *rarReader) Read(p []byte) (n int, err error) {
	err = guard(func() (err error) {
		n, err = r.r.Read(p)
		return err
	})
	if err = rarFailure(err); err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return n, err
}

func rarFailure(err error) error {
	switch {
	case errors.Is(err, rardecode.ErrArchiveEncrypted), errors.Is(err, rardecode.ErrArchivedFileEncrypted):
		return &Failure{"the RAR archive is encrypted; unpack it with its password and name the folder", err}
	case errors.Is(err, rardecode.ErrMultiVolume), errors.Is(err, rardecode.ErrBadVolumeNumber):
		return &Failure{"the RAR archive is one part of several; unpack them together and name the folder", err}
	case errors.Is(err, rardecode.ErrDictionaryTooLarge):
		return &Failure{"unpacking the RAR archive takes more memory than may be used; unpack it first, or pack it again with a dictionary of 32 MB or less", err}
	case errors.Is(err, rardecode.ErrUnsupportedDecoder), errors.Is(err, rardecode.ErrUnknownDecoder), errors.Is(err, rardecode.ErrUnknownFilter):
		return &Failure{ErrMethod.Error(), err}
	case errors.Is(err, rardecode.ErrUnexpectedArcEnd), errors.Is(err, rardecode.ErrDecoderOutOfData):
		return damaged(Rar, io.ErrUnexpectedEOF)
	}
	return damaged(Rar, err)
}
