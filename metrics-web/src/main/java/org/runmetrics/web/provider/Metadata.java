package org.runmetrics.web.provider;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runmetrics.settings.Provider;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0, 3).
 *
 * @param authorization where browsers are sent
 * @param token where a code is exchanged for tokens
 * @param keys where the keys are by which it signs
 * @param secretInForm whether it takes a client's secret in a form only, not in a header
 * @param namesItself whether it says in each answer by browser that it is its own (RFC 9207)
 */
record Metadata(URI authorization, URI token, URI keys, boolean secretInForm, boolean namesItself) {

  /** Returns where a provider says it. */
  static URI address(Provider provider) {
    return URI.create(provider.issuer().replaceAll("/$", "") + "/.well-known/openid-configuration");
  }

  /** Reads it; whoever calls themselves another, or sends us to what is not safe, is not it. */
  static Metadata parse(String json, Provider provider) throws ProviderDown {
    try {
      Map<String, Object> fields = JSONObjectUtils.parse(json);
      String issuer = text(fields, "issuer");
      if (!issuer.equals(provider.issuer())) {
        throw new ProviderDown("The provider calls itself " + issuer);
      }
      List<String> methods =
          Optional.ofNullable(
                  JSONObjectUtils.getStringList(fields, "token_endpoint_auth_methods_supported"))
              .orElse(List.of("client_secret_basic"));
      return new Metadata(
          address(fields, "authorization_endpoint"),
          address(fields, "token_endpoint"),
          address(fields, "jwks_uri"),
          !methods.contains("client_secret_basic"),
          Boolean.TRUE.equals(fields.get("authorization_response_iss_parameter_supported")));
    } catch (ParseException malformed) {
      throw new ProviderDown("What the provider says of itself is no JSON of OpenID", malformed);
    }
  }

  private static URI address(Map<String, Object> fields, String name)
      throws ParseException, ProviderDown {
    try {
      URI address = URI.create(text(fields, name));
      if (Provider.isSafe(address)) {
        return address;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Told below, like an address that is not safe.
    }
    throw new ProviderDown("The provider's " + name + " is no https address");
  }

  private static String text(Map<String, Object> fields, String name) throws ParseException {
    return Optional.ofNullable(JSONObjectUtils.getString(fields, name)).orElse("");
  }
}
