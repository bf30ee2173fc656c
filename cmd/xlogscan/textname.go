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
func textNames(dir string, inputs []source.Input) []string {
	return distinctNames(inputs, func(in source.Input) (string, string) {
		return filepath.Join(dir, textName(in.Name)), ".txt"
	})
}

// distinctNames gives each input the name that split makes of a base and an extension, with a number between where two
// would have the same.
func distinctNames(inputs []source.Input, split func(source.Input) (base, ext string)) []string {
	taken := map[string]bool{}
	names := make([]string, len(inputs))
	for i, in := range inputs {
		base, ext := split(in)
		name := base
		for n := 2; taken[strings.ToLower(name+ext)]; n++ { // some file systems do not tell cases apart
			name = base + "-" + strconv.Itoa(n)
		}
		taken[strings.ToLower(name+ext)] = true
		names[i] = name + ext
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
