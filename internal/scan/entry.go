package scan

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"github.com/xlogscan/xlogscan/internal/source"
)

// loadEntry reads the entry of an input.
func loadEntry(name string, in source.Input) ([]*reading, error) {
	packed, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var list []saved
	if err := unpackJSON(packed, &list); err != nil {
		return nil, err
	}
	readings := make([]*reading, len(list))
	for i := range list {
		readings[i] = list[i].reading(in)
	}
	return readings, nil
}

// saveEntry writes the entry of an input.
func saveEntry(dir, name string, in source.Input, readings []*reading) error {
	list := make([]saved, len(readings))
	for i, r := range readings {
		list[i] = r.saved(in)
	}
	packed, err := packJSON(list)
	if err != nil { // a time no calendar has; it is read again
		return nil //nolint:nilerr // it is no failure of the folder
	}
	return writeWhole(dir, name, packed)
}

// packJSON returns a value as compressed JSON, with a checksum.
func packJSON(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return z.EncodeAll(text, nil), nil
}

// unpackJSON reads what packJSON returned.
func unpackJSON(packed []byte, v any) error {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer z.Close()
	text, err := z.DecodeAll(packed, nil)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

// writeWhole writes a file in a folder of dir: all of it, or nothing.
func writeWhole(dir, name string, parts ...[]byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return source.Cause(err)
	}
	f, err := os.CreateTemp(dir, unfinished)
	if err != nil {
		return source.Cause(err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	for _, p := range parts {
		if _, err := f.Write(p); err != nil {
			return source.Cause(err)
		}
	}
	if err := f.Close(); err != nil {
		return source.Cause(err)
	}
	return os.Rename(f.Name(), name)
}
