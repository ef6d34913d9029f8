package org.runmetrics.web.provider;

import java.io.IOException;

/** The provider does not answer, or nothing that can be used. */
final class ProviderDown extends IOException {
  private static final long serialVersionUID = 1L;

  ProviderDown(String message) {
    super(message);
  }

  ProviderDown(String message, Throwable cause) {
    super(message, cause);
  }
}
