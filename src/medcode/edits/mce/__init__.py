"""The Medicare Code Editor (MCE): CMS's edits of the codes of an inpatient stay."""

from medcode.edits.mce.editor import MedicareCodeEditor
from medcode.edits.mce.stay import Stay, StayResult

__all__ = ["MedicareCodeEditor", "Stay", "StayResult"]
