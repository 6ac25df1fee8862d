package odata

import (
	"errors"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
)

// ServiceName is the name of Microsoft Graph among the services of a
// cloud.Configuration.
const ServiceName cloud.ServiceName = "microsoftGraph"

// The clouds that have Microsoft Graph, for ClientOptions.Cloud and the options of
// credentials
// (https://learn.microsoft.com/graph/deployments#microsoft-graph-and-graph-explorer-service-root-endpoints).
// The configurations of azcore work, too: its public cloud is Global, its US
// Government cloud is USGovernmentL4.
var (
	Global         = graphCloud(cloud.AzurePublic, "https://graph.microsoft.com")
	USGovernmentL4 = graphCloud(cloud.AzureGovernment, "https://graph.microsoft.us")
	USGovernmentL5 = graphCloud(cloud.AzureGovernment, "https://dod-graph.microsoft.us")
	China          = graphCloud(cloud.AzureChina, "https://microsoftgraph.chinacloudapi.cn")
)

func graphCloud(c cloud.Configuration, endpoint string) cloud.Configuration {
	c.Services = map[cloud.ServiceName]cloud.ServiceConfiguration{
		ServiceName: {Audience: endpoint, Endpoint: endpoint},
	}
	return c
}

// serviceOf returns the address of Microsoft Graph in a cloud.
func serviceOf(c cloud.Configuration) (cloud.ServiceConfiguration, error) {
	if service, ok := c.Services[ServiceName]; ok {
		return service, nil
	}
	for _, known := range []cloud.Configuration{Global, USGovernmentL4, China} {
		if c.ActiveDirectoryAuthorityHost == known.ActiveDirectoryAuthorityHost {
			return known.Services[ServiceName], nil
		}
	}
	if c.ActiveDirectoryAuthorityHost == "" {
		return Global.Services[ServiceName], nil
	}
	return cloud.ServiceConfiguration{}, errors.New("odata: the cloud configuration does not say where Microsoft Graph is: " +
		"add it to Services under odata.ServiceName")
}
