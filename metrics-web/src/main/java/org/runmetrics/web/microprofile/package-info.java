/**
 * What is only there where the server has MicroProfile; {@code beans.xml} leaves this room out
 * elsewhere.
 */
package org.runmetrics.web.microprofile;
