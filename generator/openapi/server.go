package openapi

import (
	"net/url"
	"strings"
)

// findServer finds the address of the service: that of the first server with
// an absolute https address. If no server has an absolute address, it is the
// address of Graph in the version of the document.
func (p *parser) findServer(root value) {
	said := false
	for _, server := range root.get("servers").items() {
		address := serverAddress(server)
		if !strings.Contains(address, "://") {
			continue
		}
		said = true
		u, err := url.Parse(address)
		if err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" && !strings.ContainsAny(u.Path, "{}") {
			p.model.Server = strings.TrimRight(u.String(), "/")
			return
		}
	}
	if version := root.get("info").get("version").text(); !said && (version == "v1.0" || version == "beta") {
		p.model.Server = "https://graph.microsoft.com/" + version
	}
}

// serverAddress returns the address of a server, with the default values of its
// variables.
func serverAddress(server value) string {
	var defaults []string
	for _, variable := range server.get("variables").members() {
		defaults = append(defaults, "{"+variable.name()+"}", variable.get("default").text())
	}
	return strings.NewReplacer(defaults...).Replace(server.get("url").text())
}
