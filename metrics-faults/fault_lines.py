"""Event lines of which some bytes are others."""
from client import address
from fault import Fault
from mutate import mutated
from storage import Run


class MutatedLines(Fault):
    """Writes mutated lines into runs of their own, and has the judge read them, too."""

    name = "mutated event lines"
    counter = 0

    async def happen(self, scene):
        right = asked = lines = 0
        while lines < scene.options.lines:
            MutatedLines.counter += 1
            run = Run(scene.storage.root, 1000 + MutatedLines.counter, scene.options.seed)
            text = b"".join(mutated(run.event()[:-1], run.random) + b"\n" for _ in range(5000))
            run.events.append(text)
            scene.storage.also(run)
            lines += text.count(b"\n")
            for kind in ("metrics_step", "metrics", "series"):
                asked += 1
                scene.load.asker.source = address(44_000 + asked)
                right += await scene.load.asker.ask(scene.server, run, kind)
        scene.note(f"{lines} lines; {right} of {asked} answers right")
