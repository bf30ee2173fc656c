package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/klauspost/compress/gzip"
)

// inventoryPaths returns the paths of objects that an inventory lists, as object stores write it: CSV with the bucket and
// the key, escaped as in a URL, in front of other columns. Each field is quoted, by which it is told from a list of paths,
// for which nil is returned.
func inventoryPaths(b []byte) ([]string, error) {
	if !bytes.HasPrefix(b, []byte(`"`)) {
		return nil, nil
	}
	r := csv.NewReader(bytes.NewReader(b))
	r.ReuseRecord, r.FieldsPerRecord = true, -1
	var paths []string
	for {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return paths, nil
		case len(paths) == 0 && (err != nil || len(row) < 2):
			return nil, nil //nolint:nilerr // it is a path that begins with a quote
		case err != nil:
			return nil, fmt.Errorf("this is no inventory in CSV: %w", err)
		case len(row) < 2:
			return nil, fmt.Errorf("line %d of the inventory has no bucket and key", lineOf(r))
		}
		key, err := url.QueryUnescape(row[1])
		if err != nil {
			return nil, fmt.Errorf("the key in line %d of the inventory is not escaped as in a URL", lineOf(r))
		}
		paths = append(paths, "s3://"+row[0]+"/"+key)
	}
}

func lineOf(r *csv.Reader) int {
	line, _ := r.FieldPos(0)
	return line
}

// unpackedList unpacks a list that is packed by gzip, as inventories are.
func unpackedList(b []byte) ([]byte, error) {
	if !bytes.HasPrefix(b, []byte("\x1f\x8b")) {
		return b, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err == nil {
		b, err = io.ReadAll(io.LimitReader(z, maxList+1))
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("it cannot be unpacked: %w", err)
	case len(b) > maxList:
		return nil, fmt.Errorf("unpacked it is longer than a list may be, %d bytes", maxList)
	}
	return b, nil
}
