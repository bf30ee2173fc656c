package worker

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"

	"github.com/xlogscan/xlogscan/internal/report"
	"github.com/xlogscan/xlogscan/internal/scan"
)

// Reduce reads the lines of folders with the key of the circle in front, those of a circle together, and writes a part. In
// memory is one circle. The order of lines in a circle is of no account; of an input that several lines are about, the one
// of the newest generation counts.
func Reduce(r io.Reader, how *scan.Reducer, generation string, w io.Writer) error {
	c := circle{how: how, part: report.NewPart(w, how.Head(generation)), done: map[string]bool{}}
	if err := records(r, 4, c.add); err != nil {
		return err
	}
	c.close()
	return c.part.Close()
}

// circle is the circle that is being read.
type circle struct {
	how  *scan.Reducer
	part *report.PartWriter
	key  string
	told map[string]version
	done map[string]bool // circles that were read
}

// version is what an input told in a generation.
type version struct {
	scan.Told
	generation string
	sum        [sha256.Size]byte
}

func (c *circle) add(fields [][]byte) error {
	if folder := string(fields[1]); folder == Link || folder == Quarantine {
		return nil // told by the lines of folders too
	}
	if key := string(fields[0]); key != c.key || c.told == nil {
		c.close()
		if c.done[key] {
			return fmt.Errorf("it is of circle %s, of which lines came before other circles: sort them by circle", key)
		}
		c.key, c.told, c.done[key] = key, map[string]version{}, true
	}
	v := version{generation: string(fields[2]), sum: sha256.Sum256(fields[3])}
	if err := json.Unmarshal(fields[3], &v.Told); err != nil {
		return fmt.Errorf("it is not what this version of the program writes: %w", err)
	}
	if old, known := c.told[v.Input()]; !known || v.newer(&old) {
		c.told[v.Input()] = v
	}
	return nil
}

// newer decides by content between two of one generation: an input that grew while a task was repeated.
func (v *version) newer(old *version) bool {
	if v.generation != old.generation {
		return v.generation > old.generation
	}
	return bytes.Compare(v.sum[:], old.sum[:]) > 0
}

func (c *circle) close() {
	var told []scan.Told
	for _, v := range c.told {
		told = append(told, v.Told)
	}
	if len(told) > 0 {
		c.how.Reduce(told, c.part)
	}
	c.told = nil
}
