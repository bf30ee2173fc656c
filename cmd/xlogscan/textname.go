package main

import (
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xlogscan/xlogscan/internal/source"
)

// maxTextName leaves room for a number and a suffix in the 255 bytes that file systems allow, and for those of a
// temporary name.
const maxTextName = 200

// textNames gives each input a file name in dir: the last part of its own name without what a file system may take
// amiss.
func textNames(dir string, inputs []source.Input, names *distinct) []string {
	list := make([]string, len(inputs))
	for i := range inputs {
		list[i] = names.name(filepath.Join(dir, textName(&inputs[i])), ".txt")
	}
	return list
}

// distinct gives out names, each once.
type distinct struct{ taken map[string]int }

// name makes a name of a base and an extension, with a number between if it was given out before.
func (d *distinct) name(base, ext string) string {
	if d.taken == nil {
		d.taken = map[string]int{}
	}
	first := strings.ToLower(base + ext) // some file systems do not tell cases apart
	for key, name := first, base; ; {
		n := d.taken[key]
		if n == 0 {
			d.taken[key] = 1
			return name + ext
		}
		d.taken[first]++
		name = base + "-" + strconv.Itoa(d.taken[first])
		key = strings.ToLower(name + ext)
	}
}

// reserved reports whether Windows takes a file name for a device, whatever its extension.
func reserved(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	switch name = strings.ToUpper(strings.TrimRight(name, " ")); name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(name, "COM")
	if !ok {
		port, ok = strings.CutPrefix(name, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789\u00b9\u00b2\u00b3")
}

func textName(in *source.Input) string {
	if in.Name == "-" {
		return "stdin"
	}
	name := path.Base(strings.ReplaceAll(in.Base(), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	if reserved(name) {
		name = "_" + name
	}
	for len(name) > maxTextName {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	if strings.Trim(name, ". ") == "" {
		return "input"
	}
	return name
}
