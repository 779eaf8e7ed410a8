"""One complaint from the first e-mail to a satisfied customer, told in the terminal."""

from amends.project.story.scenes import tell_story

__all__ = ["tell_story"]
