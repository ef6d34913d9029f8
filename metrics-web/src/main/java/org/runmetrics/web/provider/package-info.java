/** Logins by OpenID Connect: a provider is asked who somebody is. */
package org.runmetrics.web.provider;
