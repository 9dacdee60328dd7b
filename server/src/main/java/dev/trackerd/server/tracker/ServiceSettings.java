package dev.trackerd.server.tracker;

import dev.trackerd.server.event.EventTrackerSettings;
import dev.trackerd.v1.UpdateRequest.VocabularyUpdate;

/**
 * What an operator may choose of the services.
 *
 * @param maxConcurrentWritesPerAccount creates and updates that an account may have in flight; 0
 *     means any number
 * @param maxTrackersPerAccount trackers that an account may have; 0 means any number
 * @param vocabularyUpdate what an update does with stored phrases when its request does not say;
 *     MERGE or REPLACE
 * @param eventTrackers what they may choose of event trackers
 */
public record ServiceSettings(
    int maxConcurrentWritesPerAccount,
    int maxTrackersPerAccount,
    VocabularyUpdate vocabularyUpdate,
    EventTrackerSettings eventTrackers) {}
