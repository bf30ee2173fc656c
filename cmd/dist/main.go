// Command dist makes the files of a release: static binaries in archives, a bill of materials for each, and their hashes.
//
// The same sources, version and Go give the same bytes, wherever they lie and whoever builds them: paths are trimmed,
// the version is put in by name and not read from a checkout, and archives hold no time, owner or order of a file system.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	f := flag.NewFlagSet("dist", flag.ContinueOnError)
	out := f.String("o", "dist", "the folder to write to, which is made")
	version := f.String("version", "", "the version; else that of git")
	platforms := f.String("platforms", strings.Join(all, ","), "what to build for")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *version == "" {
		described, err := output(ctx, "git", "describe", "--tags", "--always", "--abbrev=12", "--dirty=+dirty")
		if err != nil {
			return fmt.Errorf("%w; give the version by -version", err)
		}
		*version = versionOf(described)
	}
	at, err := epoch(os.Getenv("SOURCE_DATE_EPOCH"))
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "xlogscan-dist")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work) //nolint:errcheck // it is temporary
	r := release{version: *version, time: at, out: *out, work: work}
	if err := os.MkdirAll(*out, 0o777); err != nil {
		return err
	}
	for platform := range strings.SplitSeq(*platforms, ",") {
		goos, goarch, ok := strings.Cut(platform, "/")
		if !ok {
			return fmt.Errorf("%q is no platform such as linux/amd64", platform)
		}
		if err := r.build(ctx, goos, goarch); err != nil {
			return fmt.Errorf("%s: %w", platform, err)
		}
	}
	return r.sums()
}

// all are the platforms of a release.
var all = []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}

// versionOf makes a version of what git describe says, as the program names itself without one.
func versionOf(described string) string {
	if v, ok := strings.CutPrefix(described, "v"); ok {
		return v
	}
	return "devel-" + described
}

// epoch is the time that files in archives have: that of SOURCE_DATE_EPOCH, else the first that zip archives can hold.
func epoch(seconds string) (time.Time, error) {
	first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	n, err := strconv.ParseInt(cmp.Or(seconds, strconv.FormatInt(first.Unix(), 10)), 10, 64)
	if err != nil {
		return first, fmt.Errorf("SOURCE_DATE_EPOCH %q is no number of seconds", seconds)
	}
	if t := time.Unix(n, 0).UTC(); t.After(first) {
		return t, nil
	}
	return first, nil
}

// release is one run.
type release struct {
	version   string
	time      time.Time // of all files in archives
	out, work string    // folders: of the results, and a temporary one
	made      []string  // names of the results
}

// name is that of what is made for a platform, without an extension.
func (r *release) name(goos, goarch string) string {
	return strings.Join([]string{"xlogscan", r.version, goos, goarch}, "_")
}

// build makes the archive and the bill of materials for a platform.
func (r *release) build(ctx context.Context, goos, goarch string) error {
	name, program := r.name(goos, goarch), "xlogscan"
	if goos == "windows" {
		program += ".exe"
	}
	binary := filepath.Join(r.work, name, program)
	if err := compile(ctx, goos, goarch, r.version, binary); err != nil {
		return err
	}
	materials, err := bill(ctx, r.version, binary)
	if err != nil {
		return err
	}
	if err := r.write(name+".cdx.json", materials); err != nil {
		return err
	}
	files, err := documents(".")
	if err != nil {
		return err
	}
	data, err := os.ReadFile(binary)
	if err != nil {
		return err
	}
	files = append(files, file{program, data, true})
	pack, ext := tarball, ".tar.gz"
	if goos == "windows" {
		pack, ext = zipped, ".zip"
	}
	packed, err := pack(name, files, r.time)
	if err != nil {
		return err
	}
	return r.write(name+ext, packed)
}

func (r *release) write(name string, data []byte) error {
	r.made = append(r.made, name)
	return os.WriteFile(filepath.Join(r.out, name), data, 0o666)
}
