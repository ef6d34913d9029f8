package org.runmetrics.curve;

import java.util.ArrayList;
import java.util.List;
import org.runmetrics.series.column.Aggregate;

/**
 * Values that were logged, chosen so that the line through them looks like the whole one.
 *
 * <p>Largest-Triangle-Three-Buckets (Steinarsson, <i>Downsampling Time Series for Visual
 * Representation</i>, 2013) over what a first choice of minima and maxima leaves (MinMaxLTTB, Van
 * Der Donckt et al., 2023), so that the work is that of the points. The smallest and the largest
 * value of all are kept, which LTTB alone may pass over.
 */
final class LargestTriangles {
  /** How many candidates the first choice leaves for each point. */
  private static final int CANDIDATES = 4;

  private final CurveSegments segments;
  private final long total;
  private final int points;
  private final boolean whole;
  private final Aggregate aggregate = new Aggregate();

  LargestTriangles(CurveSegments segments, long total, int points, boolean whole) {
    this.segments = segments;
    this.total = total;
    this.points = points;
    this.whole = whole;
  }

  Curve curve() {
    List<Place> candidates =
        total <= (long) points * CANDIDATES * 2 ? numbers() : extremes(points * CANDIDATES / 2);
    List<Place> finite = candidates.stream().filter(place -> Double.isFinite(place.y())).toList();
    List<Place> chosen = new ArrayList<>();
    Place first = candidates.get(0);
    Place last = candidates.get(candidates.size() - 1);
    chosen.add(first);
    chosen.addAll(withExtremes(finite, first, last));
    chosen.add(last);
    Numbers x = new Numbers(points);
    Numbers y = new Numbers(points);
    for (Place place : chosen) {
      place.segment().addX(place.row(), x);
      place.segment().addY(place.row(), whole, y);
    }
    return new Curve(x, y, Curve.Bands.NONE);
  }

  /** Chooses among finite values, between both ends; the extremes take the place of two others. */
  private List<Place> withExtremes(List<Place> finite, Place first, Place last) {
    List<Place> inner =
        finite.stream().filter(place -> !place.equals(first) && !place.equals(last)).toList();
    if (inner.size() <= points - 2) {
      return inner;
    }
    int smallest = 0;
    int largest = 0;
    for (int i = 1; i < inner.size(); i++) {
      smallest = inner.get(i).y() < inner.get(smallest).y() ? i : smallest;
      largest = inner.get(i).y() > inner.get(largest).y() ? i : largest;
    }
    boolean[] kept = new boolean[inner.size()];
    kept[smallest] = true;
    kept[largest] = true;
    choose(inner, first, points - (smallest == largest ? 3 : 4), kept);
    List<Place> chosen = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        chosen.add(inner.get(i));
      }
    }
    return chosen;
  }

  /** Takes of each bucket the value that makes the largest triangle with its neighbours. */
  private static void choose(List<Place> inner, Place first, int buckets, boolean[] kept) {
    Place before = Double.isFinite(first.y()) ? first : inner.get(0);
    for (int bucket = 0; bucket < buckets; bucket++) {
      int from = (int) ((long) bucket * inner.size() / buckets);
      int to = (int) ((bucket + 1L) * inner.size() / buckets);
      int end = (int) Math.min(inner.size(), (bucket + 2L) * inner.size() / buckets);
      double meanX = 0;
      double meanY = 0;
      int nextFrom = to < inner.size() ? to : inner.size() - 1;
      int nextTo = Math.max(end, nextFrom + 1);
      for (int i = nextFrom; i < nextTo; i++) {
        meanX += inner.get(i).x() / (nextTo - nextFrom);
        meanY += inner.get(i).y() / (nextTo - nextFrom);
      }
      int best = from;
      double largest = -1;
      for (int i = from; i < to; i++) {
        Place place = inner.get(i);
        double area =
            Math.abs(
                (before.x() - meanX) * (place.y() - before.y())
                    - (before.x() - place.x()) * (meanY - before.y()));
        if (area > largest) {
          largest = area;
          best = i;
        }
      }
      kept[best] = true;
      before = inner.get(best);
    }
  }

  private List<Place> numbers() {
    List<Place> places = new ArrayList<>();
    segments.forEach(places::add);
    return places;
  }

  /** Returns both ends, and the extremes of buckets of about the same number of values. */
  private List<Place> extremes(int buckets) {
    int size = (int) Math.max(1, total / buckets);
    List<Place> places = new ArrayList<>();
    for (CurveSegment segment : segments.all()) {
      for (int from = segment.from(); from < segment.to(); ) {
        int behind = segment.values().behind(from, size);
        int end = behind > from ? Math.min(segment.to(), behind) : segment.to();
        addExtremes(segment, from, end, places);
        from = end;
      }
    }
    Place first = segments.first();
    Place last = segments.last();
    if (places.isEmpty() || !places.get(0).equals(first)) {
      places.add(0, first);
    }
    if (!places.get(places.size() - 1).equals(last)) {
      places.add(last);
    }
    return places;
  }

  private void addExtremes(CurveSegment segment, int from, int to, List<Place> places) {
    aggregate.clear();
    segment.values().aggregate(from, to, aggregate);
    if (aggregate.finite() > 0) {
      int min = segment.values().rowOf(from, to, true, aggregate.min());
      int max = segment.values().rowOf(from, to, false, aggregate.max());
      places.add(new Place(segment, Math.min(min, max)));
      if (min != max) {
        places.add(new Place(segment, Math.max(min, max)));
      }
    }
  }
}
