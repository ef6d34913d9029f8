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
        total <= (long) points * CANDIDATES * 2
            ? finiteValues()
            : extremes(points * CANDIDATES / 2);
    List<Place> chosen = new ArrayList<>();
    if (!candidates.isEmpty()) {
      Place first = candidates.get(0);
      Place last = candidates.get(candidates.size() - 1);
      chosen.add(first);
      chosen.addAll(withExtremes(candidates, first, last));
      if (!last.equals(first)) {
        chosen.add(last);
      }
    }
    List<Place> shown = withGaps(chosen, gaps());
    Numbers x = new Numbers(shown.size());
    Numbers y = new Numbers(shown.size());
    for (Place place : shown) {
      place.segment().addX(place.row(), x);
      place.segment().addY(place.row(), whole, y);
    }
    return new Curve(x, y, Curve.Bands.NONE);
  }

  /** Returns the first value of each range of values none of which is finite. */
  private List<Place> gaps() {
    List<Place> gaps = new ArrayList<>();
    boolean inGap = false;
    for (int i = 0; i < segments.all().size(); i++) {
      CurveSegment segment = segments.all().get(i);
      aggregate.clear();
      segment.values().aggregate(segment.from(), segment.to(), aggregate);
      if (aggregate.finite() == aggregate.values()) {
        inGap &= aggregate.values() == 0;
        continue;
      }
      for (int row = segment.nextNumber(segment.from());
          row < segment.to();
          row = segment.nextNumber(row + 1)) {
        boolean finite = Double.isFinite(segment.values().number(row));
        if (!finite && !inGap) {
          gaps.add(new Place(segment, i, row));
        }
        inGap = !finite;
      }
    }
    return gaps;
  }

  /**
   * Puts values and gaps in order.
   *
   * <p>Of more gaps than points, those alone are shown that part two values: the same is drawn.
   */
  private List<Place> withGaps(List<Place> chosen, List<Place> gaps) {
    List<Place> shown = new ArrayList<>();
    int next = 0;
    for (Place gap : gaps) {
      int before = shown.size();
      while (next < chosen.size() && chosen.get(next).isBefore(gap)) {
        shown.add(chosen.get(next++));
      }
      if (gaps.size() <= points || shown.size() > before || before == 0) {
        shown.add(gap);
      }
    }
    shown.addAll(chosen.subList(next, chosen.size()));
    return shown;
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
    Place before = first;
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

  private List<Place> finiteValues() {
    List<Place> places = new ArrayList<>();
    segments.forEach(
        place -> {
          if (Double.isFinite(place.y())) {
            places.add(place);
          }
        });
    return places;
  }

  /** Returns both ends, and the extremes of buckets of about the same number of values. */
  private List<Place> extremes(int buckets) {
    int size = (int) Math.max(1, total / buckets);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < segments.all().size(); i++) {
      CurveSegment segment = segments.all().get(i);
      for (int from = segment.from(); from < segment.to(); ) {
        int behind = segment.values().behind(from, size);
        int end = behind > from ? Math.min(segment.to(), behind) : segment.to();
        addExtremes(segment, i, from, end, places);
        from = end;
      }
    }
    if (!places.isEmpty()) {
      addEnds(places);
    }
    return places;
  }

  /** Adds the first and the last finite value, which lie before and after all others. */
  private void addEnds(List<Place> places) {
    Place first = places.get(0);
    CurveSegment start = first.segment();
    for (int row = start.nextNumber(start.from());
        row < first.row();
        row = start.nextNumber(row + 1)) {
      if (Double.isFinite(start.values().number(row))) {
        places.add(0, new Place(start, first.index(), row));
        break;
      }
    }
    Place last = places.get(places.size() - 1);
    for (int row = last.segment().to() - 1; row > last.row(); row--) {
      if (last.segment().values().kind(row).isNumber()
          && Double.isFinite(last.segment().values().number(row))) {
        places.add(new Place(last.segment(), last.index(), row));
        break;
      }
    }
  }

  private void addExtremes(CurveSegment segment, int index, int from, int to, List<Place> places) {
    aggregate.clear();
    segment.values().aggregate(from, to, aggregate);
    if (aggregate.finite() > 0) {
      int min = segment.values().rowOf(from, to, true, aggregate.min());
      int max = segment.values().rowOf(from, to, false, aggregate.max());
      places.add(new Place(segment, index, Math.min(min, max)));
      if (min != max) {
        places.add(new Place(segment, index, Math.max(min, max)));
      }
    }
  }
}
