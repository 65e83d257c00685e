#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "harness/adapter/named_fault.hpp"

namespace tcprove::adapter::reference {

/// A mistake that implementers of TCP have made. The stack makes at most one, if it is asked to, at
/// the one place that names it: without the lines that say `host.defect(…)` it is the correct
/// stack.
enum class Fault : std::uint8_t {
  // Handshake.
  SynNotCountedInAck,
  SynAckNotRetransmitted,
  DuplicateSynDrawsRst,
  DuplicateSynAdvancesRcvNxt,
  SynRetransmittedAtSndNxt,
  SynSentTakesAckOfIss,
  SynSentAckUnchecked,
  SynSentSilentOnBadAck,
  SynSentFinProcessed,
  SimultaneousOpenAnsweredWithAck,
  CrossingSynAckNotTaken,
  ActiveOriginForgotten,
  SynReceivedTakesAckOfIss,
  SynReceivedSilentOnBadAck,
  HandshakeAckEndsProcessing,
  ListenTakesSynWithRst,
  SynWithEcnRejected,
  SynAckTextNotDelivered,
  OwnSynNotCounted,
  AcceptBeforeEstablished,
  ListenTakesAnything,
  SynSentRstAnswered,
  SynReceivedSynDrawsRst,
  CloseInSynReceivedSilent,
  ListenEndsConnections,

  // Sequence numbers.
  SequenceComparedUnsigned,
  AckSequenceOneAhead,
  PeersFinNotCounted,
  AckZeroIsNoAck,
  SndNxtRewound,

  // Acknowledgments.
  AckOfUnsentSilent,
  AckOfUnsentTextTaken,
  AckBitNotAsked,
  AckBeforeSequence,
  UnacceptableSilent,
  KeepAliveUnanswered,
  DelayedAckTooLate,
  StretchAck,
  AckTimerLoop,
  StaleAckField,
  GapNotAcknowledged,
  ChallengeAckUnlimited,
  ChallengeLimitOnAllAcks,
  FinWait2Mute,
  PushedTextDropped,
  AckBitMissing,
  AckDroppedAtZeroWindow,
  OldAcksUnchecked,
  OldAckDropsText,
  AckNotDelayed,
  GapAcknowledgedPiecewise,

  // Close and TIME-WAIT.
  FinRetransmittedAtSndNxt,
  FinNotRetransmitted,
  NoClosingState,
  AckOnFinOverlooked,
  FinWait2OnAnyAck,
  LastAckEndsOnAnyAck,
  LastAckNeverEnds,
  LastAckFreedEarly,
  CloseWaitClosesToFinWait1,
  FinHeldByNagle,
  FinOutOfOrderTaken,
  FinTextLost,
  FinOfPartlyOldIgnored,
  DuplicateFinAdvancesRcvNxt,
  NoTimeWait,
  TimeWaitOneMsl,
  TimeWaitForever,
  TimeWaitNotRestarted,
  TimeWaitFinUnanswered,
  TimeWaitAcksAll,
  TimeWaitBlindReuse,
  HalfClosedTextDropped,
  ReassemblyLostAtClose,
  SendAfterClose,
  ResetReadsAsEnd,
  CloseWaitTextDrawsRst,
  NeverAbortsAfterClose,
  CloseWaitClosesItself,
  TimeWaitNeverReopened,
  TimeWaitEndsOnRst,
  SendWithoutConnection,
  ReceiveWithoutConnection,

  // Resets.
  ClosedPortSilent,
  RstDrawsRst,
  RstAlwaysAtZero,
  RstOmitsFin,
  RstAnySequence,
  RstInWindowEnds,
  RstComparedWithLastAck,
  RstOutOfWindowAnswered,
  RstInSynSentUnvalidated,
  RstDroppedAtZeroWindow,
  RstLeavesTimers,
  SynWhenSynchronizedIgnored,
  SynWhenSynchronizedEnds,
  AbortSilent,
  AbortAlwaysResets,

  // Retransmission and timers.
  NoBackoff,
  KarnViolated,
  RtoTooLow,
  RtxTimerAlwaysRestarted,
  RtxTimerNotRestarted,
  NeverAborts,
  AbortsEarly,
  RetransmittedOctetsDiffer,
  ThreeSecondRuleIgnored,
  ShrunkWindowStopsRetransmission,
  KeepAliveByDefault,
  RttIgnored,
  RtoCappedLow,

  // Windows.
  NoWindowProbe,
  WindowProbeNoBackoff,
  WindowProbeEndsConnection,
  WindowProbeOnlyWhenEstablished,
  WindowProbeOfFinMissing,
  ZeroWindowSilent,
  NoWindowUpdate,
  WindowRetreats,
  SendsBeyondWindow,
  WindowSigned,
  OldWindowTaken,
  WindowOnlyWithNewAck,
  TextBeyondWindowTaken,
  SenderSilly,
  ReceiverSilly,
  SillyWindowDeadlock,
  NoNagle,
  LastSegmentNotPushed,
  WindowIn16Bits,
  SegmentsHalfFull,

  // Options.
  MssIgnored,
  MssDefaultIgnored,
  MssEchoed,
  MssOptionsNotSubtracted,
  MssOnEverySegment,
  OptionsEndAtUnknown,
  SynRetransmittedWithoutOptions,
  ReservedBitsRejected,
  WindowScaledOnSyn,
  WindowScaleUnasked,
  WindowScaleNotApplied,
  WindowScaleReparsed,
  WindowScaleUnlimited,
  TimestampsUnasked,
  TimestampEchoFrozen,
  TimestampZeroIsNone,
  NoPaws,
  PawsUnsigned,
  PawsPoisoned,
  RstSubjectToPaws,
  OptionLengthEndsListeners,
  DataOffsetOmitsOptions,
  WindowScaleUnanswered,
  WindowScaleOffered15,
  WindowScaledOnPeersSyn,
  ScaledEdgeForgotten,
  TimestampsNotOnFin,
  MissingTimestampTaken,
  MissingTimestampEnds,
  RstWithoutTimestamps,
  AbortWithoutTimestamps,
  TsRecentForEver,
  QueueTestedAgain,
  FastOpenUnasked,
  FastOpenPastSynDropped,

  // Reassembly and urgent data.
  NoReassembly,
  LeftOverlapRejected,
  OverlapDeliveredTwice,
  UrgentSegmentDropped,
  UrgentTextSkipped,
  UrgentPointerOneShort,

  // Checksum, ISN, congestion, leaks.
  ChecksumNotVerified,
  ChecksumOddWrong,
  IssConstant,
  IssRunsBackwards,
  IssNotKeyed,
  NoSlowStart,
  NoSlowStartAfterTimeout,
  AckDivision,
  FastRetransmitEarly,
  DuplicateAcksByWindow,
  IdleWindowKept,
  LostSynForgotten,
  PortNotReleased,
  ListenRefusedBesideConnection,
  InvalidPeerTaken,
  InvalidSourceAnswered,
  WindowGrowsTwice,
  DuplicateAcksIgnored,
  FastRetransmitKeepsWindow,
  PartialAckWaits,
  DuplicateAcksWithData,
};

/// A mistake and what it is called.
struct FaultEntry {
  Fault fault{};
  NamedFault named;
};

/// All of them, at the place of their enumerators.
std::span<const NamedFault> faults();

/// Nothing where no fault has the name.
std::optional<Fault> parse_fault(std::string_view name);

}  // namespace tcprove::adapter::reference
