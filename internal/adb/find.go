package adb

import (
	"os/exec"
	"path/filepath"
)

// Find gives the path of adb: that of PATH, else that of the SDK which the environment names, else that of a place where
// SDKs usually are. goos is as runtime.GOOS.
func Find(goos string, getenv func(string) string) (string, error) {
	if path, err := exec.LookPath("adb"); err == nil {
		return path, nil
	}
	for _, dir := range places(goos, getenv) {
		if path, err := exec.LookPath(filepath.Join(dir, "adb")); err == nil {
			return path, nil
		}
	}
	return "", &Error{
		"adb is not installed, or not where it is looked for: PATH, ANDROID_HOME and the usual places of the Android SDK",
		"install the Android SDK platform tools (Debian and Ubuntu: apt install adb; macOS: brew install android-platform-tools), or name adb with --adb",
	}
}

// places lists folders that may hold adb.
func places(goos string, getenv func(string) string) []string {
	var dirs []string
	below := func(variable string, parts ...string) {
		if root := getenv(variable); root != "" {
			dirs = append(dirs, filepath.Join(append([]string{root}, parts...)...))
		}
	}
	below("ANDROID_HOME", "platform-tools")
	below("ANDROID_SDK_ROOT", "platform-tools")
	switch goos {
	case "windows":
		below("LOCALAPPDATA", "Android", "Sdk", "platform-tools")
	case "darwin":
		below("HOME", "Library", "Android", "sdk", "platform-tools")
		dirs = append(dirs, "/opt/homebrew/bin", "/usr/local/bin")
	case "linux":
		below("HOME", "Android", "Sdk", "platform-tools")
		dirs = append(dirs, "/usr/lib/android-sdk/platform-tools", "/opt/android-sdk/platform-tools")
	}
	return dirs
}
