package worker

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/xlogscan/xlogscan/internal/scan"
)

// Linking reads lines with key Link, of all generations that count, in any order and any number of times. It writes a line
// for each folder, with the key of its circle, and one with key Link about what all inputs say of dates and zones. With a
// generation touched, it leaves out circles of which no input is of that one.
func Linking(r io.Reader, touched string, w io.Writer) error {
	k := scan.NewLinker()
	err := records(r, 3, func(fields [][]byte) error {
		if key := string(fields[0]); key != Link {
			return fmt.Errorf("its key is %q and not %s", key, Link)
		}
		var l scan.Links
		if err := json.Unmarshal(fields[2], &l); err != nil {
			return err
		}
		generation := string(fields[1])
		k.Add(&l, generation, touched == "" || generation == touched)
		return nil
	})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	members, all := k.Circles()
	if err := put(out, all, Link); err != nil {
		return err
	}
	for _, m := range members {
		if _, err := fmt.Fprintf(out, "%s\t%s\n", Key(m.Folder), Key(m.Circle)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// ReadCalendar reads what Linking wrote about dates and zones; it is its first line.
func ReadCalendar(r io.Reader) (scan.Calendar, error) {
	var all scan.Calendar
	line, err := bufio.NewReader(r).ReadBytes('\n')
	if err != nil || len(line) < len(Link)+1 || string(line[:len(Link)+1]) != Link+"\t" {
		return all, fmt.Errorf("it does not begin as what worker link writes")
	}
	return all, json.Unmarshal(line[len(Link)+1:], &all)
}
