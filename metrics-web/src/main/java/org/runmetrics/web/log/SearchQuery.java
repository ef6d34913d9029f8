package org.runmetrics.web.log;

import jakarta.ws.rs.core.UriInfo;
import java.util.regex.PatternSyntaxException;
import org.runmetrics.log.row.TextSearch;
import org.runmetrics.web.http.Problem;
import org.runmetrics.web.query.Parameters;

/**
 * What a request searches for in a log.
 *
 * @param text words or an expression
 * @param regex whether it is a regular expression
 * @param caseMatters whether capital letters are others than small ones
 * @param row the first row of which matches are wanted
 * @param limit how many matches at most
 */
record SearchQuery(String text, boolean regex, boolean caseMatters, long row, int limit) {
  private static final int MAX_TEXT = 1000;
  private static final int MAX_LIMIT = 1000;
  private static final int DEFAULT_LIMIT = 100;

  /** Reads the parameters of a request. */
  static SearchQuery of(UriInfo uri) {
    Parameters parameters = Parameters.of(uri, "q", "regex", "case", "row", "limit");
    String text = parameters.text("q").orElse("");
    if (text.isEmpty() || text.length() > MAX_TEXT) {
      throw Problem.badRequest(
          "q must be a text of 1 to " + MAX_TEXT + " characters, not " + text.length());
    }
    long row = parameters.whole("row").orElse(0);
    if (row < 0) {
      throw Parameters.wrong("row", "the number of a row, from 0", Long.toString(row));
    }
    return new SearchQuery(
        text,
        parameters.flag("regex", false),
        parameters.flag("case", false),
        row,
        parameters.integer("limit", 1, MAX_LIMIT).orElse(DEFAULT_LIMIT));
  }

  /** Returns what is searched for. */
  TextSearch search() {
    if (!regex) {
      return TextSearch.words(text, caseMatters);
    }
    try {
      return TextSearch.expression(text, caseMatters);
    } catch (PatternSyntaxException wrong) {
      throw Problem.badRequest(
          "q must be a regular expression, not %s: %s at character %d"
              .formatted(Problem.shown(text), wrong.getDescription(), wrong.getIndex() + 1));
    } catch (StackOverflowError tooDeep) {
      throw Problem.badRequest("q must be a regular expression with fewer brackets inside others");
    }
  }
}
