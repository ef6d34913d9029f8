package org.runmetrics.web.login;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Optional;
import org.runmetrics.access.Admission;
import org.runmetrics.access.Credentials;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.query.Parameters;

/**
 * Logs a browser in and out.
 *
 * <p>Browsers send no token of their own with streams, sockets and pictures, but cookies they do.
 * The cookie holds the token: there is nothing to remember on the server, so that all servers of a
 * storage take it, and it ends when its line is taken out of the file of tokens.
 */
@Singleton
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
  private static final Duration KEPT = Duration.ofDays(30);

  @Inject Settings settings;

  /** Tells whether there is a login here, and who is logged in. */
  @GET
  public Response session(@Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters.none(uri);
    return answer(settings.entrance().admit(Sent.credentials(request), request.getLocalAddr()))
        .build();
  }

  /** Logs in who sent a token in the header {@code Authorization}: sets the cookie. */
  @POST
  public Response login(@Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters.none(uri);
    BrowserSession.checkPage(request);
    Credentials credentials = Sent.header(request);
    Admission admission = settings.entrance().admit(credentials, request.getLocalAddr());
    if (admission instanceof Admission.Refused refused) {
      return Refusal.of(refused).response();
    }
    Response.ResponseBuilder answer = answer(admission);
    if (settings.entrance().asks()) {
      String secret = credentials.tokens().get(0).secret();
      answer.cookie(
          BrowserSession.cookie(request, settings)
              .value(secret)
              .maxAge((int) KEPT.toSeconds())
              .build());
    }
    return answer.build();
  }

  /** Logs out: takes the cookie away. */
  @DELETE
  public Response logout(@Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters.none(uri);
    BrowserSession.checkPage(request);
    return answer(new Admission.Unknown(false))
        .cookie(BrowserSession.cookie(request, settings).value("").maxAge(0).build())
        // Pictures of runs may be kept by the browser for a year.
        .header("Clear-Site-Data", "\"cache\"")
        .build();
  }

  private Response.ResponseBuilder answer(Admission admission) {
    JsonObjectBuilder session =
        Json.createObjectBuilder()
            .add("login", settings.entrance().asks())
            .add("tokens", settings.entrance().hasTokens());
    settings
        .provider()
        .ifPresentOrElse(
            provider -> session.add("provider", provider.title()),
            () -> session.addNull("provider"));
    Optional<String> name =
        admission instanceof Admission.Admitted admitted
            ? admitted.viewer().name()
            : Optional.empty();
    name.ifPresentOrElse(user -> session.add("user", user), () -> session.addNull("user"));
    return Response.ok(session.build()).header("Cache-Control", "no-store");
  }
}
