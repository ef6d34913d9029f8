package org.runmetrics.view;

import java.util.List;
import org.runmetrics.series.Column;

/**
 * Some rows of a table, one behind the other, as columns.
 *
 * @param axis the rows' places on the axis; none is missing
 * @param columns the values of each metric, in the order of {@link Table#metrics()}
 * @param from the first row in the columns
 * @param to the row behind the last one
 */
public record RowBlock(Column axis, List<Column> columns, int from, int to) {}
