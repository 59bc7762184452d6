"""Work that takes long, in processes of its own: handed in at a desk, followed as a job, dropped when nobody waits.

>>> from amur.web.work import Desk, Task
>>> Task("ask", {"question": "whatif"}).key == Task("ask", {"question": "whatif"}).key
True
"""

from amur.web.work.desk import Busy, Desk
from amur.web.work.job import Job
from amur.web.work.limits import Limits
from amur.web.work.tasks import KINDS, LANES, Kind, Lane, Task

__all__ = ["KINDS", "LANES", "Busy", "Desk", "Job", "Kind", "Lane", "Limits", "Task"]
