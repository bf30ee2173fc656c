package main

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/xlogscan/xlogscan/internal/scan"
)

// unclaimedLines gives what info --unclaimed writes: a shape a line.
func unclaimedLines(ctx context.Context, opt scan.Options) ([]byte, *scan.Result, error) {
	list, res, err := scan.Unclaimed(ctx, opt)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, l := range list {
		if err := e.Encode(l); err != nil {
			return nil, nil, err
		}
	}
	return b.Bytes(), res, nil
}
