/** The certificate and the key of a server that ends TLS itself, from PEM files. */
package org.runmetrics.tls;
