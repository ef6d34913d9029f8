package org.runmetrics.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.runmetrics.series.Column;
import org.runmetrics.series.ColumnAssembly;

/**
 * The values of one metric over an axis, in pieces that follow each other.
 *
 * @param all the pieces
 */
record Pieces(List<Piece> all) {

  /** Returns the values in a query's range, as they were logged or smoothed. */
  static Pieces of(RunRows run, CurveQuery query, String metric) {
    List<Piece> pieces =
        query.axis() instanceof CurveAxis.OfMetric axis
            ? Pairs.of(run, axis.name(), metric)
            : overRows(run, metric);
    OptionalDouble weight = query.smooth();
    List<Piece> drawn = weight.isPresent() ? smooth(pieces, weight.getAsDouble()) : pieces;
    return new Pieces(
        drawn.stream()
            .map(piece -> piece.within(query.min(), query.max()))
            .filter(piece -> piece.nextNumber(piece.from()) < piece.to())
            .toList());
  }

  /** Returns how many values there are, those that are not finite among them. */
  long total() {
    return all.stream().mapToLong(piece -> piece.values().numbers(piece.from(), piece.to())).sum();
  }

  /** Returns the first value, of at least one. */
  Place first() {
    Piece piece = all.get(0);
    return new Place(piece, piece.nextNumber(piece.from()));
  }

  /** Returns the last value, of at least one. */
  Place last() {
    Piece piece = all.get(all.size() - 1);
    int row = piece.to() - 1;
    while (!piece.values().kind(row).isNumber()) {
      row--;
    }
    return new Place(piece, row);
  }

  /** Hands over every value. */
  void forEach(Consumer<Place> action) {
    for (Piece piece : all) {
      for (int row = piece.nextNumber(piece.from());
          row < piece.to();
          row = piece.nextNumber(row + 1)) {
        action.accept(new Place(piece, row));
      }
    }
  }

  private static List<Piece> overRows(RunRows run, String metric) {
    return run.segments().stream()
        .map(
            segment -> {
              Column keys = run.axis().column(segment);
              return new Piece(keys, run.origin(), segment.column(metric), 0, keys.length());
            })
        .toList();
  }

  private static List<Piece> smooth(List<Piece> pieces, double weight) {
    Smoothing smoothing = new Smoothing(weight);
    List<Piece> smooth = new ArrayList<>();
    for (Piece piece : pieces) {
      Column values = ColumnAssembly.changed(piece.values(), smoothing::next);
      smooth.add(new Piece(piece.keys(), piece.origin(), values, piece.from(), piece.to()));
    }
    return smooth;
  }
}
