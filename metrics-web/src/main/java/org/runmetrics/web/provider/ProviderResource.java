package org.runmetrics.web.provider;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.runmetrics.access.Credentials;
import org.runmetrics.settings.Settings;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.login.BrowserSession;
import org.runmetrics.web.query.Parameters;

/** Sends browsers to the provider, and takes them back when somebody has logged in there. */
@Singleton
@Path("session/provider")
@Produces(MediaType.APPLICATION_JSON)
public class ProviderResource {
  private static final String PATH = "/api/session/provider";
  private static final String CALLBACK = PATH + "/callback";

  @Inject Settings settings;

  private Optional<ProviderLogin> login = Optional.empty();

  @PostConstruct
  void connect() {
    login = settings.provider().map(ProviderLogin::new);
  }

  /** Begins a login: tells the page where to go, and lets the browser keep what was begun. */
  @POST
  public Response begin(@Context UriInfo uri, @Context HttpServletRequest request) {
    Parameters parameters = Parameters.of(uri, "return");
    BrowserSession.checkPage(request);
    OwnAddress own = OwnAddress.of(request, settings);
    String back = own.place(parameters.text("return").orElse(own.contextPath() + "/"));
    try {
      ProviderLogin.Begun begun = login().begin(own.of(CALLBACK), back);
      return Response.ok(Json.createObjectBuilder().add("address", begun.address()).build())
          .cookie(
              attempt(request)
                  .value(begun.kept())
                  .maxAge((int) ProviderLogin.TIME.toSeconds())
                  .build())
          .header("Cache-Control", "no-store")
          .build();
    } catch (ProviderDown logged) {
      return down();
    }
  }

  /** Takes a browser back: sets the session's cookie, and sends it to where the person was. */
  @GET
  @Path("callback")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  public Response finish(
      @Context UriInfo uri, @Context HttpServletRequest request, @Context HttpHeaders headers) {
    Response answer = answer(uri, request, headers);
    // What was begun is over, however it ended.
    return Response.fromResponse(answer)
        .cookie(attempt(request).value("").maxAge(0).build())
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  private Response answer(UriInfo uri, HttpServletRequest request, HttpHeaders headers) {
    String kept =
        Optional.ofNullable(headers.getCookies().get(attemptName(request)))
            .map(Cookie::getValue)
            .orElse("");
    try {
      ProviderLogin.Done done = login().finish(kept, SentByProvider.of(uri.getQueryParameters()));
      return Response.status(Response.Status.SEE_OTHER)
          .header(HttpHeaders.LOCATION, done.back())
          .cookie(
              BrowserSession.cookie(request, settings)
                  .value(done.session())
                  .maxAge((int) settings.provider().orElseThrow().session().toSeconds())
                  .build())
          .build();
    } catch (ProviderDown logged) {
      return FailedLogin.shown(down(), headers, request);
    } catch (WebApplicationException refused) {
      return FailedLogin.shown(refused.getResponse(), headers, request);
    }
  }

  private ProviderLogin login() {
    return login.orElseThrow(
        () ->
            Problem.notFound("There is no provider of logins: metrics.auth.oidc.issuer names one"));
  }

  private static Response down() {
    return Problem.busy("The provider of logins does not answer now; try again later");
  }

  private NewCookie.Builder attempt(HttpServletRequest request) {
    return BrowserSession.cookie(
        attemptName(request), request.getContextPath() + PATH, request, settings);
  }

  private static String attemptName(HttpServletRequest request) {
    return Credentials.cookie(request.getServerPort()) + "-login";
  }
}
