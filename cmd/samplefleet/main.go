// Command samplefleet writes the logs of a made-up fleet, for trying a deployment and for measuring one.
//
// The same flags give the same bytes. A fleet has a folder for each device and each phone, and in it a log a day. Some logs
// come late, come again after they grew, come twice, are damaged, have a key that nobody has, or are no logs.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

func main() {
	err := run(os.Args[1:], os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "samplefleet:", err)
		os.Exit(2)
	}
}

func run(args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("samplefleet", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var f fleet
	out := flags.String("o", "", "write the fleet into this `folder`")
	flags.IntVar(&f.devices, "devices", 12, "so many devices")
	flags.IntVar(&f.days, "days", 3, "logs of so many days; on the last, most devices have WMPF 2.0")
	flags.Uint64Var(&f.seed, "seed", 1, "another number gives another fleet")
	flags.Int64Var(&f.megabytes, "size", 0, "about so many `megabytes` of logs, as near as lines of no interest bring it")
	start := flags.String("start", "2026-11-18", "the first `day`")
	arrived := flags.Int("arrived", 0, "only what has arrived by so many `days` after the first; 0 is all")
	if err := flags.Parse(args); err != nil {
		return err
	}
	switch {
	case *out == "":
		return errors.New("name a folder with -o")
	case flags.NArg() > 0:
		return fmt.Errorf("%q is no flag", flags.Arg(0))
	case f.devices < 1 || f.devices > 1e6 || f.days < 1 || f.days > 1000 || f.megabytes < 0 || f.megabytes > 1e7 || *arrived < 0:
		return errors.New("a number is out of range")
	}
	var err error
	if f.start, err = time.ParseInLocation(time.DateOnly, *start, zone); err != nil {
		return fmt.Errorf("-start %q is no date such as 2026-11-18", *start)
	}
	return f.uploads(func(u upload) error {
		if *arrived > 0 && u.arrival > *arrived {
			return nil
		}
		content, err := u.content()
		if err != nil {
			return err
		}
		return put(filepath.Join(*out, filepath.FromSlash(u.name)), content, f.start.AddDate(0, 0, u.arrival).Add(2*time.Hour))
	})
}

// put writes a file that looks as if it had been uploaded at a time. One that is so already stays.
func put(name string, content []byte, at time.Time) error {
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, content) {
		return os.Chtimes(name, at, at)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(name, content, 0o666); err != nil {
		return err
	}
	return os.Chtimes(name, at, at)
}
