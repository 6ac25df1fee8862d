package odata_test

// response has the shape of what the service answers to the creation of a
// project: its nulls, its 100 ns timestamps, and no member that the types above
// do not declare.
const response = `{"id":"5f1d1c5e-0b86-4e4a-9a3b-5a9e1d4f7c21","allowedAudiences":"organization","inference":null,` +
	`"createdDateTime":"2024-03-11T08:15:27.4316205Z","createdBy":{"application":null,"device":null,"user":` +
	`{"displayName":"Adele Vance","id":"3c2e1f60-7a55-4d0c-8f0e-1d2b3a4c5d6e"}},"lastModifiedDateTime":` +
	`"2024-03-11T08:15:27.4316205Z","lastModifiedBy":{"application":null,"device":null,"user":` +
	`{"displayName":"Adele Vance","id":"3c2e1f60-7a55-4d0c-8f0e-1d2b3a4c5d6e"}},"source":null,` +
	`"categories":["Migration"],"client":{"displayName":"Fabrikam, Inc.","pronunciation":null,` +
	`"department":"Facilities","officeLocation":null,"address":null,"webUrl":"https://www.fabrikam.com"},` +
	`"displayName":"Move of the Fabrikam headquarters","detail":{"company":{"displayName":"Litware",` +
	`"pronunciation":null,"department":"Consulting","officeLocation":null,"address":null,` +
	`"webUrl":"https://www.litware.com"},"description":"Moved 400 desks in a weekend.","endMonthYear":"2024-02-01",` +
	`"jobTitle":"Project lead","role":"planning and logistics","startMonthYear":"2023-09-01",` +
	`"summary":"Planned and carried out the move of the headquarters to a new building."},` +
	`"colleagues":null,"sponsors":null}`

// oddities is the same, as the service really sends it: with members that the
// metadata does not declare, and values that do not fit their declared types.
const oddities = `{"@odata.context":"https://graph.microsoft.com/beta/$metadata#users('adele')/profile/projects/$entity",` +
	`"id":"5f1d1c5e-0b86-4e4a-9a3b-5a9e1d4f7c21","allowedAudiences":"me,organization,somethingNew",` +
	`"createdDateTime":"0001-01-01T00:00:00Z","lastModifiedDateTime":"2020-01-01T00:00:00.0000000Z",` +
	`"inference":{"confidenceScore":1.10,"userHasVerifiedAccuracy":null},"source":[{"type":"Graph"}],` +
	`"categories":["Migration",null],"colleagues":[null,{"displayName":"Isaiah","relationship":"mentor"}],` +
	`"serial":9007199254740993,"detail":{"company":{"displayName":"Litware","companyCode":"L-7"},` +
	`"endMonthYear":"datetime-value","startMonthYear":"datetime-value"}}`
