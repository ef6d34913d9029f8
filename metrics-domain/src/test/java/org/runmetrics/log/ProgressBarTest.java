package org.runmetrics.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        " 45%|███████████▍            | 45/100 [00:12<00:15,  3.45it/s]",
        "  0%|| 1/1000 [00:00<00:10, 98.7it/s]",
        "  0%|          | 0/100 [00:00<?, ?it/s]",
        " 45%|####5     | 45/100 [02:01<02:30,  2.53s/it]",
        "0it [00:00, ?it/s]",
        "12345it [01:00, 1.2kit/s]",
        "3it [00:07, 2.53s/it]",
        "Generating train split: 87599 examples [00:00, 123456.78 examples/s]",
        "model.safetensors:  45%|████▌     | 450M/1.00G [00:12<00:15, 36.0MB/s]",
        "Epoch 0:  45%|████▌     | 45/100 [00:12<00:15,  3.45it/s, v_num=0, loss=0.3]",
        "      1/100     2.15G    0.06    0.05    0.02       120        640:  45%|████▌ | 45/100",
        "\u001B[32m 45%\u001B[0m|\u001B[31m███   \u001B[0m| 45/100",
        " 45%|####      | 45/100",
        " 1%|#",
        "1%|",
        "Epoch 0/9 ━━━━━━━━━━━━━━━━━━ 45/100 0:00:12 • 0:00:15 3.45it/s v_num: 0 train_loss: 0.3",
        "Working... ━━━━━━━━╸━━━━━━━━━━━  40% 0:00:03",
        "Working... ━━━━━━━━                40% 0:00:03",
        "Working... ━━━━━━━━━━━━━━━━━━━━━   0% -:--:--",
        "file.zip ━━━━━━━━━╸━━━━━━ 45.0% • 12.3/45.6 MB • 5.6 MB/s • 0:00:06",
        "640: 45% ━━━━━╸────── 45/100 3.4it/s 12.0s<15.2s",
        "640: 0% ──────────── 0/100  0.4s",
        "\u001B[1m45/100\u001B[0m \u001B[32m━━━━\u001B[0m\u001B[37m━━━━\u001B[0m"
            + " \u001B[1m12s\u001B[0m 230ms/step - loss: 0.3",
        "45/100 [=====>......................] - ETA: 12s - loss: 0.3",
        "100/100 [==============================] - 5s 50ms/step - loss: 0.3",
        "     45/Unknown - 12s 230ms/step - loss: 0.3",
        "     ━━━━━━━━━━━━━━━━━━━━━━━━ 12.3/45.6 MB 5.6 MB/s eta 0:00:06",
        "   ---------------------------------------- 12.3/45.6 MB 5.6 MB/s eta 0:00:06",
        "     |████████████████████████████████| 12.3 MB 5.6 MB/s eta 0:00:01",
        "file.zip      45%[========>           ]  12.3M  5.6MB/s    eta 6s",
        "file.zip     100%[===================>]  45.60M  5.6MB/s    in 8.1s",
        " 12300K .......... .......... .......... .......... .......... 45% 5.6M 6s",
        " 45  100M   45 45.0M    0     0  5600k      0  0:00:18  0:00:08  0:00:10 5700k",
        "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0",
        "######################         45.0%",
        "45% (45 of 100) |####      | Elapsed Time: 0:00:12 ETA:  0:00:15",
        "  0% (0 of 100) |          | Elapsed Time: 0:00:00 ETA:  --:--:--",
        " |███-----| 45.00% [45/100 00:12<00:15 loss=0.3]",
        "Working  [################--------------------]   45%  00:00:15",
        "[=====>     ] elapsed: 12 s"
      })
  void a_bar_is_a_bar(String line) {
    assertThat(ProgressBar.matches(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[01/02 10:00:00 d2.utils.events]:  eta: 0:12:34  iter: 19  total_loss: 1.2"
            + "  time: 0.3  data_time: 0.01  lr: 0.0001  max_mem: 1234M",
        "Epoch(train) [1][10/90]  lr: 1.0000e-02  eta: 0:00:24  time: 0.2  loss: 10.4",
        "2026/01/02 10:00:00 - mmengine - INFO - Epoch(train)  [1][10/90]  eta: 0:00:24",
        "{'loss': 2.5, 'grad_norm': 1.2, 'learning_rate': 5e-05, 'epoch': 0.45}",
        "{'train_runtime': 12.3, 'train_samples_per_second': 8.1, 'epoch': 3.0}",
        "Training finished, 35 s elapsed",
        "Elapsed: 12 s",
        "elapsed time: 12.3 s",
        "elapsed: 00:12:33",
        "elapsed 00:12, remaining 00:15",
        "step 3/10 eta: 1m 20s",
        "Downloading 45.2 MB of 100 MB  ETA 00:12",
        "speed: 3.45 it/s",
        "Epoch 3: 120 batches, 3.45IT/SEC",
        "2026-01-01 10:00:00 INFO step 45/100 (45%), 3.45 it/s",
        "beta=0.9",
        "eta=0.3, max_depth=6",
        "META 5 s",
        "the ETA is not known",
        "Epoch 5/100, loss=0.234, acc=0.95",
        "accuracy 93%",
        "99% of the data",
        "100% | done",
        "| epoch | accuracy |  93% |",
        "| 45%| 0.3 |",
        "|-------|------|",
        "|:------|-----:|",
        "|====|====|",
        "==================== 45% ====================",
        "━━━━━━━━━━ Epoch 3/10 ━━━━━━━━━━",
        "━━━━━━━━━━━━━━━━━━━━━━━━",
        "──────────── Epoch 3/10 ────────────",
        "┏━━━━━━┳━━━━━━━┓",
        "┃ acc  ┃ 93%   ┃",
        "---------------- 3 of 10 ----------------",
        "[==========] Running 5 tests from 2 test suites.",
        "tests/test_a.py ..........                        [ 45%]",
        "epoch 001 | loss 4.5 | ppl 22.3 | wps 1234.5 | ups 3.4 | wall 12",
        "unit/s",
        "it/s",
        "12 items/s",
        "3it/step",
        "wait/second",
        ""
      })
  void an_ordinary_line_is_none(String line) {
    assertThat(ProgressBar.matches(line)).isFalse();
  }

  @Test
  void a_bar_ends_at_its_closing_bracket() {
    String bar = "100%|██| 10/10 [00:01<00:00, 9.8it/s, best=[1, 2]]";
    assertThat(ProgressBar.end(bar + "Epoch 1 done", 0)).isEqualTo(bar.length());
    assertThat(ProgressBar.end(bar + bar, bar.length())).isEqualTo(2 * bar.length());
    assertThat(ProgressBar.end(bar + "Epoch 1 done", bar.length())).isEqualTo(-1);
  }

  @Test
  void the_modes_have_the_names_of_the_query_parameter() {
    assertThat(Progress.parse("keep")).contains(Progress.KEEP);
    assertThat(Progress.parse("drop")).contains(Progress.DROP);
    assertThat(Progress.parse("collapse")).contains(Progress.COLLAPSE);
    assertThat(Progress.parse("KEEP")).isEmpty();
    assertThat(Progress.parse("")).isEmpty();
  }
}
