"""The names that ICD-10-PCS gives its sections, axes, body systems, root operations and approaches."""

from __future__ import annotations

from typing import Final

__all__ = ["APPROACHES", "AXES", "BODY_SYSTEMS", "DURATIONS", "GENERAL", "OPERATIONS", "SECTIONS"]


def _rows(text: str) -> dict[str, str]:
    """Read lines of a key and its name."""
    pairs = (line.strip().split(" ", 1) for line in text.strip().splitlines())
    return {key: name for key, name in pairs}  # noqa: C416  # dict() would lose the type of a pair


SECTIONS: Final = _rows("""
    0 Medical and Surgical
    1 Obstetrics
    2 Placement
    3 Administration
    4 Measurement and Monitoring
    5 Extracorporeal or Systemic Assistance and Performance
    6 Extracorporeal or Systemic Therapies
    7 Osteopathic
    8 Other Procedures
    9 Chiropractic
    B Imaging
    C Nuclear Medicine
    D Radiation Therapy
    F Physical Rehabilitation and Diagnostic Audiology
    G Mental Health
    H Substance Abuse Treatment
    X New Technology
""")

_SURGICAL = ("Section", "Body System", "Operation", "Body Part", "Approach", "Device", "Qualifier")
_METHOD = ("Section", "Body System", "Operation", "Body Region", "Approach", "Method", "Qualifier")
_TALK = ("Section", "Body System", "Type", "Qualifier", "Qualifier", "Qualifier", "Qualifier")
AXES: Final = {
    "0": _SURGICAL,
    "1": _SURGICAL,
    "2": ("Section", "Body System", "Operation", "Body Region", "Approach", "Device", "Qualifier"),
    "3": ("Section", "Body System", "Operation", "Body System/Region", "Approach", "Substance", "Qualifier"),
    "4": ("Section", "Body System", "Operation", "Body System", "Approach", "Function/Device", "Qualifier"),
    "5": ("Section", "Body System", "Operation", "Body System", "Duration", "Function", "Qualifier"),
    "6": ("Section", "Body System", "Operation", "Body System", "Duration", "Qualifier", "Qualifier"),
    "7": _METHOD,
    "8": _METHOD,
    "9": _METHOD,
    "B": ("Section", "Body System", "Type", "Body Part", "Contrast", "Qualifier", "Qualifier"),
    "C": ("Section", "Body System", "Type", "Body Part", "Radionuclide", "Qualifier", "Qualifier"),
    "D": (
        "Section",
        "Body System",
        "Modality",
        "Treatment Site",
        "Modality Qualifier",
        "Isotope",
        "Qualifier",
    ),
    "F": (
        "Section",
        "Section Qualifier",
        "Type",
        "Body System/Region",
        "Type Qualifier",
        "Equipment",
        "Qualifier",
    ),
    "G": _TALK,
    "H": _TALK,
    "X": (
        "Section",
        "Body System",
        "Operation",
        "Body Part",
        "Approach",
        "Device/Substance/Technology",
        "Qualifier",
    ),
}

BODY_SYSTEMS: Final = _rows("""
    00 Central Nervous System and Cranial Nerves
    01 Peripheral Nervous System
    02 Heart and Great Vessels
    03 Upper Arteries
    04 Lower Arteries
    05 Upper Veins
    06 Lower Veins
    07 Lymphatic and Hemic Systems
    08 Eye
    09 Ear, Nose, Sinus
    0B Respiratory System
    0C Mouth and Throat
    0D Gastrointestinal System
    0F Hepatobiliary System and Pancreas
    0G Endocrine System
    0H Skin and Breast
    0J Subcutaneous Tissue and Fascia
    0K Muscles
    0L Tendons
    0M Bursae and Ligaments
    0N Head and Facial Bones
    0P Upper Bones
    0Q Lower Bones
    0R Upper Joints
    0S Lower Joints
    0T Urinary System
    0U Female Reproductive System
    0V Male Reproductive System
    0W Anatomical Regions, General
    0X Anatomical Regions, Upper Extremities
    0Y Anatomical Regions, Lower Extremities
    10 Pregnancy
    2W Anatomical Regions
    2Y Anatomical Orifices
    30 Circulatory
    3C Indwelling Device
    3E Physiological Systems and Anatomical Regions
    4A Physiological Systems
    4B Physiological Devices
    5A Physiological Systems
    6A Physiological Systems
    7W Anatomical Regions
    8C Indwelling Device
    8E Physiological Systems and Anatomical Regions
    9W Anatomical Regions
    B0 Central Nervous System
    B2 Heart
    B3 Upper Arteries
    B4 Lower Arteries
    B5 Veins
    B7 Lymphatic System
    B8 Eye
    B9 Ear, Nose, Mouth and Throat
    BB Respiratory System
    BD Gastrointestinal System
    BF Hepatobiliary System and Pancreas
    BG Endocrine System
    BH Skin, Subcutaneous Tissue and Breast
    BL Connective Tissue
    BN Skull and Facial Bones
    BP Non-Axial Upper Bones
    BQ Non-Axial Lower Bones
    BR Axial Skeleton, Except Skull and Facial Bones
    BT Urinary System
    BU Female Reproductive System
    BV Male Reproductive System
    BW Anatomical Regions
    BY Fetus and Obstetrical
    C0 Central Nervous System
    C2 Heart
    C5 Veins
    C7 Lymphatic and Hematologic System
    C8 Eye
    C9 Ear, Nose, Mouth and Throat
    CB Respiratory System
    CD Gastrointestinal System
    CF Hepatobiliary System and Pancreas
    CG Endocrine System
    CH Skin, Subcutaneous Tissue and Breast
    CP Musculoskeletal System
    CT Urinary System
    CV Male Reproductive System
    CW Anatomical Regions
    D0 Central and Peripheral Nervous System
    D2 Heart and Great Vessels
    D7 Lymphatic and Hematologic System
    D8 Eye
    D9 Ear, Nose, Mouth and Throat
    DB Respiratory System
    DD Gastrointestinal System
    DF Hepatobiliary System and Pancreas
    DG Endocrine System
    DH Skin
    DM Breast
    DP Musculoskeletal System
    DT Urinary System
    DU Female Reproductive System
    DV Male Reproductive System
    DW Anatomical Regions
    F0 Rehabilitation
    F1 Diagnostic Audiology
    GZ None
    HZ None
    X0 Nervous System
    X2 Cardiovascular System
    XD Gastrointestinal System
    XF Hepatobiliary System and Pancreas
    XH Skin, Subcutaneous Tissue, Fascia and Breast
    XK Muscles, Tendons, Bursae and Ligaments
    XN Bones
    XR Joints
    XT Urinary System
    XV Male Reproductive System
    XW Anatomical Regions
    XX Physiological Systems
    XY Extracorporeal
""")

OPERATIONS: Final = _rows("""
    00 Alteration
    01 Bypass
    02 Change
    03 Control
    04 Creation
    05 Destruction
    06 Detachment
    07 Dilation
    08 Division
    09 Drainage
    0B Excision
    0C Extirpation
    0D Extraction
    0F Fragmentation
    0G Fusion
    0H Insertion
    0J Inspection
    0K Map
    0L Occlusion
    0M Reattachment
    0N Release
    0P Removal
    0Q Repair
    0R Replacement
    0S Reposition
    0T Resection
    0U Supplement
    0V Restriction
    0W Revision
    0X Transfer
    0Y Transplantation
    12 Change
    19 Drainage
    1A Abortion
    1D Extraction
    1E Delivery
    1H Insertion
    1J Inspection
    1P Removal
    1Q Repair
    1S Reposition
    1T Resection
    1Y Transplantation
    20 Change
    21 Compression
    22 Dressing
    23 Immobilization
    24 Packing
    25 Removal
    26 Traction
    30 Introduction
    31 Irrigation
    32 Transfusion
    40 Measurement
    41 Monitoring
    50 Assistance
    51 Performance
    52 Restoration
    60 Atmospheric Control
    61 Decompression
    62 Electromagnetic Therapy
    63 Hyperthermia
    64 Hypothermia
    65 Pheresis
    66 Phototherapy
    67 Ultrasound Therapy
    68 Ultraviolet Light Therapy
    69 Shock Wave Therapy
    6B Perfusion
    70 Treatment
    80 Other Procedures
    9B Manipulation
    B0 Plain Radiography
    B1 Fluoroscopy
    B2 Computerized Tomography (CT Scan)
    B3 Magnetic Resonance Imaging (MRI)
    B4 Ultrasonography
    B5 Other Imaging
    C1 Planar Nuclear Medicine Imaging
    C2 Tomographic (Tomo) Nuclear Medicine Imaging
    C3 Positron Emission Tomographic (PET) Imaging
    C4 Nonimaging Nuclear Medicine Uptake
    C5 Nonimaging Nuclear Medicine Probe
    C6 Nonimaging Nuclear Medicine Assay
    C7 Systemic Nuclear Medicine Therapy
    D0 Beam Radiation
    D1 Brachytherapy
    D2 Stereotactic Radiosurgery
    DY Other Radiation
    F0 Speech Assessment
    F1 Motor and/or Nerve Function Assessment
    F2 Activities of Daily Living Assessment
    F3 Hearing Assessment
    F4 Hearing Aid Assessment
    F5 Vestibular Assessment
    F6 Speech Treatment
    F7 Motor Treatment
    F8 Activities of Daily Living Treatment
    F9 Hearing Treatment
    FB Cochlear Implant Treatment
    FC Vestibular Treatment
    FD Device Fitting
    FF Caregiver Training
    G1 Psychological Tests
    G2 Crisis Intervention
    G3 Medication Management
    G5 Individual Psychotherapy
    G6 Counseling
    G7 Family Psychotherapy
    GB Electroconvulsive Therapy
    GC Biofeedback
    GF Hypnosis
    GG Narcosynthesis
    GH Group Psychotherapy
    GJ Light Therapy
    H2 Detoxification Services
    H3 Individual Counseling
    H4 Group Counseling
    H5 Individual Psychotherapy
    H6 Family Counseling
    H8 Medication Management
    H9 Pharmacotherapy
    X0 Introduction
    X1 Transfusion
    X2 Monitoring
    X5 Destruction
    X7 Dilation
    X8 Division
    XA Assistance
    XC Extirpation
    XE Measurement
    XG Fusion
    XH Insertion
    XJ Inspection
    XK Bypass
    XP Irrigation
    XR Replacement
    XS Reposition
    XU Supplement
    XV Restriction
    XZ Other Procedures
    XW2 Transfusion
""")

APPROACHES: Final = _rows("""
    0 Open
    3 Percutaneous
    4 Percutaneous Endoscopic
    7 Via Natural or Artificial Opening
    8 Via Natural or Artificial Opening Endoscopic
    F Via Natural or Artificial Opening with Percutaneous Endoscopic Assistance
    X External
""")

DURATIONS: Final = _rows("""
    0 Single
    1 Intermittent
    2 Continuous
    3 Less than 24 Consecutive Hours
    4 24-96 Consecutive Hours
    5 Greater than 96 Consecutive Hours
    6 Multiple
    7 Intermittent, Less than 6 Hours Per Day
    8 Prolonged Intermittent, 6-18 hours Per Day
    9 Continuous, Greater than 18 hours Per Day
    A Intraoperative
    B Less than 8 Consecutive Hours
    C 8-24 Consecutive Hours
    D Greater than 24 Consecutive Hours
""")

GENERAL: Final = _rows("""
    064R Lesser Saphenous Vein, Right
    064S Lesser Saphenous Vein, Left
    0B4R Diaphragm, Right
    0B4S Diaphragm, Left
    0D4S Greater Omentum
    0D4T Lesser Omentum
    0N42 Frontal Bone, Left
    0N48 Occipital Bone, Left
    0N4D Sphenoid Bone, Left
    0N4S Maxilla, Left
    2W64 Bandage
    2W65 Packing Material
    2Y65 Packing Material
    3C68 Irrigating Substance
    3E60 Antineoplastic
    3E61 Thrombolytic
    3E62 Anti-infective
    3E63 Anti-inflammatory
    3E64 Serum, Toxoid and Vaccine
    3E65 Adhesion Barrier
    3E66 Nutritional Substance
    3E67 Electrolytic and Water Balance Substance
    3E68 Irrigating Substance
    3E6C Regional Anesthetic
    3E6D Inhalation Anesthetic
    3E6E Stem Cells, Somatic
    3E6G Other Therapeutic Substance
    3E6H Radioactive Substance
    3E6K Other Diagnostic Substance
    3E6L Sperm
    3E6M Pigment
    3E6N Analgesics, Hypnotics, Sedatives
    3E6P Platelet Inhibitor
    3E6Q Fertilized Ovum
    3E6R Antiarrhythmic
    3E6S Gas
    3E6T Destructive Agent
    3E6U Pancreatic Islet Cells
    3E6V Hormone
    3E6W Immunotherapeutic
    3E6X Vasopressor
    5A71 Hyperbaric
    5A72 Manual
    5A73 Membrane
    5A74 Nonmechanical
    6A40 Skin
    6A43 Musculoskeletal
    6A45 Circulatory
    8C66 Collection
    8E42 Circulatory System
    8E4H Integumentary System and Breast
    8E4V Male Reproductive System
    8E60 Acupuncture
    8E61 Therapeutic Massage
    8E66 Collection
    8E6D Near Infrared Spectroscopy
    8E6F Robotic Assisted Procedure
    8E6G Computer Assisted Procedure
    8E6Y Other Method
    8E72 Breast Milk
    8E73 Sperm
    8E77 Examination
    8E78 Suture Removal
    8E79 Piercing
    B261 Laser
    B270 Intraoperative
    B361 Laser
    B370 Intraoperative
    B461 Laser
    B470 Intraoperative
    D840 Eye
    D05K Laser Interstitial Thermal Therapy
    DB5K Laser Interstitial Thermal Therapy
    DD5K Laser Interstitial Thermal Therapy
    DF5K Laser Interstitial Thermal Therapy
    DG5K Laser Interstitial Thermal Therapy
    DM5K Laser Interstitial Thermal Therapy
    DV5K Laser Interstitial Thermal Therapy
    GZ42 Other Family Psychotherapy
    GZ49 Other Biofeedback
    HZ43 Other Family Counseling
    0-776 Bifurcation
    0-C76 Bifurcation
    0-97X Diagnostic
    0-B7X Diagnostic
    0-D7X Diagnostic
    0-J7X Diagnostic
    014Y Peripheral Nerve
    034Y Upper Artery
    044Y Lower Artery
    054Y Upper Vein
    064Y Lower Vein
    0P4Y Upper Bone
    0Q4Y Lower Bone
    1040 Products of Conception
    1041 Products of Conception, Retained
    1042 Products of Conception, Ectopic
    3043 Peripheral Vein
    3044 Central Vein
    3045 Peripheral Artery
    3046 Central Artery
    4A42 Cardiac
    4A43 Arterial
    4A44 Venous
    4A49 Respiratory
    4A64 Electrical Activity
    4A65 Flow
    4A69 Output
    4A6B Pressure
    4A6C Rate
    4A6F Rhythm
    4A6H Sound
    4A6J Pulse
    4A6K Temperature
    4A6L Volume
    4A6M Total Activity
    4A6N Sampling and Pressure
    4A6Q Sleep
    4A6R Saturation
    5A42 Cardiac
    5A45 Circulatory
    5A49 Respiratory
    5A4C Biliary
    5A4D Urinary
    5A60 Filtration
    5A61 Output
    5A62 Oxygenation
    5A63 Pacing
    5A64 Rhythm
    5A65 Ventilation
""")
"""Meanings that hold in a body system (two characters), or in an operation of a section (0-7), by place and value."""
