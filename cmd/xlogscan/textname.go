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
// amiss, and a number where two would have the same.
func textNames(dir string, inputs []source.Input) []string {
	taken := map[string]bool{}
	names := make([]string, len(inputs))
	for i, in := range inputs {
		base := textName(in.Name)
		name := base
		for n := 2; taken[strings.ToLower(name)]; n++ { // some file systems do not tell cases apart
			name = base + "-" + strconv.Itoa(n)
		}
		taken[strings.ToLower(name)] = true
		names[i] = filepath.Join(dir, name+".txt")
	}
	return names
}

func textName(input string) string {
	if input == "-" {
		return "stdin"
	}
	name := path.Base(strings.ReplaceAll(input, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	for len(name) > maxTextName {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	if strings.Trim(name, ". ") == "" {
		return "input"
	}
	return name
}
