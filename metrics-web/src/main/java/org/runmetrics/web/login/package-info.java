/** Who is let in, and how people say who they are. */
package org.runmetrics.web.login;
