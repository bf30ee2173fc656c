package main

import (
	"reflect"
	"strings"
	"testing"
)

// Each language has each text of info, with the same arguments.
func TestInventoryWords(t *testing.T) {
	en, zh := reflect.ValueOf(*inventoryIn["en"]), reflect.ValueOf(*inventoryIn["zh"])
	same := func(name, a, b string) {
		if (a == "") != (b == "") || strings.Count(a, "%") != strings.Count(b, "%") {
			t.Errorf("%s: %q and %q", name, a, b)
		}
	}
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		if en.Field(i).Kind() == reflect.String {
			same(name, en.Field(i).String(), zh.Field(i).String())
			continue
		}
		if en.Field(i).Len() != zh.Field(i).Len() {
			t.Errorf("%s differs in length", name)
		}
		for _, key := range en.Field(i).MapKeys() {
			same(name+" "+key.String(), en.Field(i).MapIndex(key).String(), zh.Field(i).MapIndex(key).String())
		}
	}
}
