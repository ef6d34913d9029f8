/** What the API is, for people and for programs: OpenAPI, written by hand in the files beside. */
package org.runmetrics.web.description;
